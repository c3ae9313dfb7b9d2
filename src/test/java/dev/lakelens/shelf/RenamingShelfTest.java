package dev.lakelens.shelf;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A shelf on a file system that shows what is half written, as HDFS does. */
class RenamingShelfTest extends RemoteShelfContract {
  @Override
  FileSystem fileSystem() throws IOException {
    FileSystem fileSystem = new RawLocalFileSystem();
    fileSystem.initialize(at("").toUri(), new Configuration());
    return fileSystem;
  }

  @Override
  String location() {
    return "file:" + at("");
  }

  @Override
  Path at(String path) {
    return scratch.resolve("models").resolve(path);
  }
}
