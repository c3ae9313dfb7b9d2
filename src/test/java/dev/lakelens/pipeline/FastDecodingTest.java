package dev.lakelens.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.decode.DecodeMode;
import dev.lakelens.decode.DecodeOptions;
import dev.lakelens.decode.ExifOrientation;
import dev.lakelens.models.Models;
import dev.lakelens.runs.Manifest;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lite0 resizes the shorter side to 256 pixels. */
class FastDecodingTest {
  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path directory;

  @BeforeEach
  void enlarge() throws IOException {
    Files.createDirectory(directory.resolve("photos"));
    BufferedImage photo = ImageIO.read(Path.of("data-samples/images/china.jpg").toFile());
    enlarge(photo, 1023);
    enlarge(photo, 1024);
  }

  private void enlarge(BufferedImage photo, int height) throws IOException {
    int width = photo.getWidth() * height / photo.getHeight();
    BufferedImage large = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    large.createGraphics().drawImage(photo, 0, 0, width, height, null);
    ImageIO.write(large, "jpg", directory.resolve("photos/" + height + ".jpg").toFile());
  }

  @Test
  void reducesWhatKeepsTwiceThePixelsThatPreparingNeeds() {
    Manifest exact = label(DecodeMode.EXACT);
    Manifest fast = label(DecodeMode.FAST);

    assertThat(fast.settings()).containsEntry("decode", "fast");
    assertThat(exact.settings()).containsEntry("decode", "exact");
    List<Row> rows =
        spark
            .read()
            .parquet(directory.resolve("labels").toString())
            .orderBy("path", "model")
            .collectAsList();
    assertThat(rows).extracting(row -> row.getAs("label")).containsOnly("palace").hasSize(4);
    assertThat(rows).extracting(row -> row.getAs("height")).containsExactly(1023, 1023, 1024, 1024);
    assertThat(embedding(rows.get(0))).isEqualTo(embedding(rows.get(1)));
    assertThat(embedding(rows.get(2))).isNotEqualTo(embedding(rows.get(3)));
    assertThat(rows.get(0).<String>getAs("model")).isNotEqualTo(rows.get(1).getAs("model"));
  }

  private static List<Float> embedding(Row row) {
    return row.getList(row.fieldIndex("embedding"));
  }

  private Manifest label(DecodeMode mode) {
    DecodeOptions decode =
        new DecodeOptions(DecodeOptions.DEFAULT_MAX_PIXELS, ExifOrientation.IGNORE, mode);
    LabelOptions options = new LabelOptions(true, 5, 1, LabelOptions.DEFAULT_MAX_BYTES, decode);
    String output = directory.resolve("labels").toString();
    return new LabelJob(spark, Models.load("efficientnet-lite0"), options, output, done -> {})
        .run(List.of(directory.resolve("photos").toString()), 1)
        .manifest();
  }
}
