package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A shelf's file system has threads and connections: each command closes what it opened. */
class ClosedShelvesTest {
  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final AtomicInteger CLOSED = new AtomicInteger();

  @RegisterExtension private final Console console = new Console();

  @TempDir private Path directory;

  /** Files of this machine under a scheme of its own. */
  public static final class CountedFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("counted:///");
    }

    @Override
    public void initialize(URI uri, Configuration configuration) throws IOException {
      super.initialize(uri, configuration);
      OPENED.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
      super.close();
      CLOSED.incrementAndGet();
    }
  }

  @BeforeEach
  void countAnew() {
    OPENED.set(0);
    CLOSED.set(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "inspect resnet50",
        "inspect efficientnet-lite0",
        "build resnet50 --output out",
        "quantize resnet50 --calibrate data-samples/images",
        "fetch tf_efficientnet_b0.aa_in1k --offline",
        "fetch tf_efficientnet_b0.aa_in1k --file nowhere",
      })
  void closesTheShelf(String command) {
    String conf = "spark.hadoop.fs.counted.impl=" + CountedFileSystem.class.getName();
    String shelf = " --models-dir counted:" + directory + " --conf " + conf;

    Main.run(("model " + command + shelf).split(" "));

    assertThat(OPENED).as(console.error()).hasValue(1);
    assertThat(CLOSED).hasValue(1);
  }
}
