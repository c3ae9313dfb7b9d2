package dev.lakelens.jobs;

import dev.lakelens.model.LocalPath;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the path of a file on this machine, which a URI of another file system is not. */
final class LocalFile implements ITypeConverter<Path> {
  @Override
  public Path convert(String typed) {
    if (typed.isEmpty()) {
      throw new TypeConversionException("it is empty; give a path");
    }
    return LocalPath.of(typed)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is on another file system; give a path of this machine"
                        .formatted(typed)));
  }
}
