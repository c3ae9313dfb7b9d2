package dev.lakelens.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakelens.image.SetupException;
import dev.lakelens.model.Model;
import dev.lakelens.models.Models;
import dev.lakelens.write.OutputSchema;
import dev.lakelens.write.WrittenLabels.LabelCount;
import dev.lakelens.write.WrittenLabels.LabelledImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelJobTest {
  private static final String SAMPLES = "data-samples/images";
  private static final Model LITE0 = Models.load("efficientnet-lite0");
  private static final LabelOptions EMBED =
      new LabelOptions(false, 5, 1, LabelOptions.DEFAULT_MAX_BYTES, LabelOptions.DEFAULTS.decode());

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path out;

  @Test
  void writesARowForEveryImageAndAManifestThatAgrees() throws IOException {
    RunResult result = label(out, LabelOptions.DEFAULTS, 0);

    List<Row> rows = rows(out);
    assertThat(names(rows)).hasSize(16);
    Map<String, String> reasons = new TreeMap<>();
    Map<String, String> labels = new TreeMap<>();
    for (Row row : rows) {
      if (row.isNullAt(row.fieldIndex("reject"))) {
        labels.put(name(row), row.getAs("label"));
      } else {
        reasons.put(name(row), row.getStruct(row.fieldIndex("reject")).getString(1));
      }
    }
    assertThat(reasons)
        .isEqualTo(
            Map.of(
                "empty.png", "empty",
                "not-an-image.jpg", "unknown_format",
                "truncated.jpg", "truncated"));
    assertThat(labels)
        .hasSize(13)
        .containsEntry("caf\u00e9 noir.jpg", "espresso")
        .containsEntry("space-shuttle.png", "space shuttle")
        .containsEntry("lakeside.gif", "lakeside");
    JsonNode manifest = manifest(result);
    assertThat(manifest.at("/counts/ok").asInt()).isEqualTo(13);
    assertThat(manifest.at("/counts/rejects")).hasSize(3);
    assertThat(manifest.at("/model/fingerprint").asText()).hasSize(64);
    assertThat(out.resolve("_lakelens/staging")).isEmptyDirectory();
  }

  @Test
  void readsItsLabelsBackAsSparkDoes() throws IOException {
    RunResult result = label(out.resolve("labels [1] {a,b}"), LabelOptions.DEFAULTS, 5);

    Dataset<Row> labelled =
        spark
            .read()
            .option("recursiveFileLookup", "true")
            .parquet(out.toString())
            .where("label is not null");
    assertThat(result.labels().mostFrequent(4))
        .extracting(LabelCount::label, LabelCount::images)
        .containsExactlyElementsOf(
            labelled
                .groupBy("label")
                .count()
                .orderBy(functions.col("count").desc(), functions.col("label"))
                .limit(4)
                .collectAsList()
                .stream()
                .map(row -> tuple(row.getString(0), row.getLong(1)))
                .toList());
    assertThat(result.labels().first(6))
        .extracting(LabelledImage::path, LabelledImage::label, LabelledImage::score)
        .containsExactlyElementsOf(
            labelled
                .orderBy("path")
                .select("path", "label", "score")
                .limit(6)
                .collectAsList()
                .stream()
                .map(row -> tuple(row.getString(0), row.getString(1), row.getFloat(2)))
                .toList());
  }

  @Test
  void hasTheTypesThatItsSchemaSays() throws IOException {
    label(out, LabelOptions.DEFAULTS, 1);

    assertThat(spark.read().parquet(out.toString()).drop("run").schema().catalogString())
        .isEqualTo(OutputSchema.of("").catalogString());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "16, 1", "3, 4"})
  void givesTheSameRowsInAnyNumberOfPartitions(int partitions, int batch) throws IOException {
    LabelOptions options =
        new LabelOptions(true, 5, batch, LabelOptions.DEFAULT_MAX_BYTES, EMBED.decode());
    label(out.resolve("a"), LabelOptions.DEFAULTS, 2);
    label(out.resolve("b"), options, partitions);

    List<Row> first = rows(out.resolve("a"));
    List<Row> second = rows(out.resolve("b"));
    assertThat(names(second)).isEqualTo(names(first));
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i).<Object>getAs("embedding"))
          .isEqualTo(first.get(i).<Object>getAs("embedding"));
      assertThat(second.get(i).<Object>getAs("top")).isEqualTo(first.get(i).<Object>getAs("top"));
    }
  }

  @Test
  void addsARunToADataset() throws IOException {
    label(out, LabelOptions.DEFAULTS, 0);
    label(out, EMBED, 0);

    assertThat(names(rows(out))).hasSize(32);
    assertThat(spark.read().parquet(out.toString()).select("run").distinct().count()).isEqualTo(2);
    assertThat(
            spark.read().parquet(out.toString()).where("label is null and status = 'ok'").count())
        .isEqualTo(13);
  }

  @Test
  void labelsRowsOfSparksBinaryFileSource() throws IOException {
    label(out.resolve("files"), LabelOptions.DEFAULTS, 0);
    Dataset<Row> table = spark.read().format("binaryFile").load(SAMPLES);

    job(out.resolve("table"), LabelOptions.DEFAULTS).run(table);

    // Spark's source makes no row of a file without bytes.
    List<Row> expected =
        rows(out.resolve("files")).stream().filter(row -> !name(row).equals("empty.png")).toList();
    List<Row> actual = rows(out.resolve("table"));
    assertThat(names(actual)).isEqualTo(names(expected));
    for (int i = 0; i < actual.size(); i++) {
      for (String column : List.of("path", "length", "modified", "sha256", "reject", "embedding")) {
        assertThat(actual.get(i).<Object>getAs(column))
            .as(column)
            .isEqualTo(expected.get(i).<Object>getAs(column));
      }
    }
  }

  @Test
  void labelsRowsOfSparksImageSource() throws IOException {
    label(out.resolve("files"), LabelOptions.DEFAULTS, 0);
    Dataset<Row> table = spark.read().format("image").load(SAMPLES + "/chelsea.png");

    job(out.resolve("table"), LabelOptions.DEFAULTS).run(table);

    Row expected =
        rows(out.resolve("files")).stream()
            .filter(row -> name(row).equals("chelsea.png"))
            .findFirst()
            .get();
    Row actual = rows(out.resolve("table")).get(0);
    assertThat(actual.<Object>getAs("embedding")).isEqualTo(expected.<Object>getAs("embedding"));
    assertThat(actual.<Integer>getAs("width")).isEqualTo(451);
  }

  @Test
  void leavesNothingOfARunWhoseTasksFail() {
    Dataset<Row> table =
        spark
            .range(3)
            .selectExpr(
                "'a.jpg' as path",
                "current_timestamp() as modificationTime",
                "id as length",
                "cast(raise_error('a broken source') as binary) as content");

    assertThatThrownBy(() -> job(out, LabelOptions.DEFAULTS).run(table))
        .hasStackTraceContaining("a broken source");

    assertThat(out).isDirectoryNotContaining("glob:**/run=*");
    assertThat(out.resolve("_lakelens/staging")).isEmptyDirectory();
    assertThat(out.resolve("_lakelens/runs")).doesNotExist();
  }

  @Test
  void refusesATableWithoutImages() {
    assertThatThrownBy(() -> job(out, LabelOptions.DEFAULTS).run(spark.range(3).toDF("id")))
        .isInstanceOf(SetupException.class)
        .hasMessageStartingWith("The columns [id] hold no images that Lakelens recognises.");
  }

  @Test
  void refusesAnOutputInsideAnInput() {
    LabelJob job = job(out.resolve("labels"), LabelOptions.DEFAULTS);

    assertThatThrownBy(() -> job.run(List.of(out.toString()), 0))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("is inside an input");
  }

  @Test
  void refusesInputsWithoutAFileBeforeItMakesAnOutput() throws IOException {
    Path empty = Files.createDirectory(out.resolve("empty"));
    LabelJob job = job(out.resolve("labels"), LabelOptions.DEFAULTS);

    assertThatThrownBy(() -> job.run(List.of(empty.toString()), 0))
        .isInstanceOf(SetupException.class)
        .hasMessage("No file in file:%s. Give inputs that hold images.".formatted(empty));
    assertThat(out.resolve("labels")).doesNotExist();
  }

  @Test
  void reportsProgressUpToTheLastImage() {
    List<Progress> reports = new ArrayList<>();

    new LabelJob(spark, LITE0, LabelOptions.DEFAULTS, out.toString(), reports::add)
        .run(List.of(SAMPLES), 4);

    assertThat(reports).isNotEmpty().last().extracting(Progress::done).isEqualTo(16L);
  }

  private RunResult label(Path output, LabelOptions options, int partitions) {
    return job(output, options).run(List.of(SAMPLES), partitions);
  }

  private LabelJob job(Path output, LabelOptions options) {
    return new LabelJob(spark, LITE0, options, output.toString(), progress -> {});
  }

  private List<Row> rows(Path output) {
    return spark.read().parquet(output.toString()).orderBy("path", "run").collectAsList();
  }

  private static List<String> names(List<Row> rows) {
    return rows.stream().map(LabelJobTest::name).toList();
  }

  private static String name(Row row) {
    String path = row.getAs("path");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private JsonNode manifest(RunResult result) throws IOException {
    try (Stream<Path> files = Files.list(out.resolve("_lakelens/runs"))) {
      Path path = files.filter(file -> file.toString().endsWith(".json")).findFirst().get();
      assertThat(path.getFileName().toString())
          .isEqualTo(result.manifest().run() + ".json")
          .doesNotStartWith(".");
      return new ObjectMapper().readTree(path.toFile());
    }
  }
}
