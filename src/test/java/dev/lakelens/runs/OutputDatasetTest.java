package dev.lakelens.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.image.SetupException;
import dev.lakelens.write.RunCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDatasetTest {
  @TempDir private Path parent;

  @Test
  void makesADatasetWhereNothingIs() throws IOException {
    open(parent.resolve("new"));

    assertThat(parent.resolve("new/_lakelens/dataset.json")).content().contains("\"format\" : 1");
    assertThat(parent.resolve("new/_lakelens/staging")).isEmptyDirectory();
  }

  @Test
  void takesAnEmptyDirectoryAndADatasetOfItsOwn() {
    open(parent);

    open(parent);
  }

  @Test
  void refusesADirectoryThatHoldsSomethingElse() throws IOException {
    Files.writeString(parent.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> open(parent))
        .isInstanceOf(SetupException.class)
        .hasMessage(
            "The output file:%s is not a Lakelens dataset and not empty. Give a new directory, or one"
                    .formatted(parent)
                + " that an earlier run wrote.");
    assertThat(parent).isDirectoryNotContaining("glob:**_lakelens");
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "mine");

    assertThatThrownBy(() -> open(file)).isInstanceOf(SetupException.class);
    assertThatThrownBy(() -> open(file.resolve("below")))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(" cannot be written: parent path is not a directory: ");
  }

  @Test
  void refusesANewerFormat() throws IOException {
    open(parent);
    Files.writeString(parent.resolve("_lakelens/dataset.json"), "{\"format\": 2}");

    assertThatThrownBy(() -> open(parent))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("has format 2, and this Lakelens writes format 1");
  }

  @Test
  void refusesAMarkerThatIsNotJson() throws IOException {
    open(parent);
    Files.writeString(parent.resolve("_lakelens/dataset.json"), "{");

    assertThatThrownBy(() -> open(parent))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is not JSON");
  }

  @Test
  void namesRunsSoThatTheySortByTimeAndReadAsStrings() {
    String earlier = RunId.first(Instant.parse("2026-11-24T06:50:00Z")).text();
    String later = RunId.first(Instant.parse("2026-11-24T06:50:01Z")).text();

    assertThat(earlier).matches("20261124T065000Z-[0-9a-f]{6}-0001").isLessThan(later);
    assertThatThrownBy(() -> new RunId("20261124")).hasMessage("Not a run id: 20261124");
  }

  @Test
  void movesARunIntoPlaceAtOnceWithItsManifest() throws IOException {
    Path published;
    try (StagedRun run = open(parent).begin(Instant.now())) {
      Path staged = write(run);

      run.commit(manifest(run));

      published = parent.resolve("run=" + run.id());
      assertThat(staged).doesNotExist();
      assertThat(parent.resolve("_lakelens/runs/" + run.id() + ".json")).isRegularFile();
    }
    assertThat(published.resolve("part-0.parquet")).hasContent("rows");
  }

  @Test
  void removesWhatAFailedRunHasWritten() throws IOException {
    Path staged;
    try (StagedRun run = open(parent).begin(Instant.now())) {
      staged = write(run);
    }
    assertThat(staged).doesNotExist();
    assertThat(parent).isDirectoryNotContaining("glob:**/run=*");
  }

  @Test
  void takesADirectoryThatARunKilledAtItsStartHasLeft() throws IOException {
    Files.createDirectories(parent.resolve("_lakelens"));
    Files.writeString(parent.resolve("_lakelens/.dataset.json.1"), "{");

    open(parent);

    assertThat(parent.resolve("_lakelens/dataset.json")).isRegularFile();
  }

  private static Path write(StagedRun run) throws IOException {
    Path staged = Files.createDirectories(Path.of(run.directory().toUri().getPath()));
    Files.writeString(staged.resolve("part-0.parquet"), "rows");
    return staged;
  }

  private static Manifest manifest(StagedRun run) {
    return new Manifest(
        OutputDataset.FORMAT_VERSION,
        run.id().text(),
        "label",
        run.started().toString(),
        run.started().toString(),
        Map.of(),
        Map.of(),
        new Manifest.ModelIdentity("a-model", "", Map.of()),
        new RunCounts(1, 1, 0, 4, List.of()),
        Map.of(),
        new Manifest.Machine("", 1, "local", 1));
  }

  private static OutputDataset open(Path path) {
    return OutputDataset.open(new org.apache.hadoop.fs.Path("file:" + path), new Configuration());
  }
}
