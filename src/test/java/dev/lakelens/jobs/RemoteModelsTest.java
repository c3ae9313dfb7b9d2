package dev.lakelens.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.S3Server;
import dev.lakelens.decode.ImageDecoder;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code --models-dir} on S3, whose address and credentials only {@code --conf} says. */
class RemoteModelsTest {
  private static final String NAME = "tf_efficientnet_lite0.in1k";

  @RegisterExtension private static final S3Server S3 = new S3Server();

  @RegisterExtension private final Console console = new Console();

  @TempDir private Path directory;
  private String home;
  private String shelf;

  /** The cache of models is in the user's home. */
  @BeforeEach
  void moveHome() throws IOException {
    assertThat(ImageDecoder.nativeFailure()).isEmpty(); // it unpacks itself into the home, once
    home = System.setProperty("user.home", directory.resolve("home").toString());
    shelf = S3.bucket() + "/models";
  }

  @AfterEach
  void restoreHome() {
    System.setProperty("user.home", home);
  }

  @Test
  void labelsWithAModelThatIsOnS3() throws IOException {
    Path file =
        SafetensorsWriter.write(
            directory.resolve("download"),
            SyntheticWeights.of(Architecture.of(Variant.LITE0), 1000).byName());

    assertThat(run("model", "fetch", NAME, "--file", file.toString())).isZero();
    assertThat(console.out()).startsWith(shelf + "/" + NAME + "\nsha256 ");
    assertThat(run("model", "list")).isZero();
    assertThat(console.out()).containsPattern(NAME.replace(".", "\\.") + " .* on the shelf\n");
    assertThat(console.error()).contains("The shelf is " + shelf);
    assertThat(run("label", labelled("--model", NAME, "--offline"))).isZero();
    assertThat(console.out()).contains("1 image: 1 ok").contains("model   " + NAME);
    assertThat(directory.resolve("home/.cache/lakelens/shelves")).isDirectory();
  }

  @Test
  void namesTheShelfThatHasNoSuchModel() {
    assertThat(run("label", labelled("--model", NAME, "--offline"))).isEqualTo(ExitCode.USAGE);
    assertThat(console.error())
        .contains(
            "jobs/label: HF_HUB_OFFLINE or --offline forbids to fetch %s to the shelf %s;"
                .formatted(NAME, shelf))
        .contains("jobs/model fetch %s --file FILE --models-dir %s".formatted(NAME, shelf));
  }

  private String[] labelled(String... more) {
    List<String> arguments = new ArrayList<>(List.of("data-samples/images/camera.png"));
    arguments.addAll(List.of("--output", directory.resolve("labels").toString()));
    arguments.addAll(List.of("--master", "local[1]"));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private int run(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--models-dir", shelf));
    S3.conf().forEach(setting -> arguments.addAll(List.of("--conf", setting)));
    return Main.run(arguments.toArray(String[]::new));
  }
}
