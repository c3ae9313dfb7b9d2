package dev.lakelens.prepare;

import static java.util.Objects.requireNonNull;

import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A line of {@code crops.csv}.
 *
 * @param crop SHA-256 of Pillow's crop, 8-bit RGB [size, size, 3]
 * @param tensor SHA-256 of the normalised floats, little-endian [3, size, size]
 */
record PillowFixture(
    GeneratedImage content,
    int width,
    int height,
    Preprocessing preprocessing,
    String crop,
    String tensor) {

  static List<PillowFixture> all() throws IOException {
    try (InputStream csv =
        requireNonNull(PillowFixture.class.getResourceAsStream("/prepare/crops.csv"))) {
      return new String(csv.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(PillowFixture::parse)
          .toList();
    }
  }

  private static PillowFixture parse(String line) {
    List<String> cells = List.of(line.split(",", -1));
    return new PillowFixture(
        GeneratedImage.valueOf(cells.get(0).toUpperCase(Locale.ROOT)),
        Integer.parseInt(cells.get(1)),
        Integer.parseInt(cells.get(2)),
        preprocessing(
            Integer.parseInt(cells.get(3)),
            Resize.valueOf(cells.get(4)),
            Integer.parseInt(cells.get(5)),
            Interpolation.valueOf(cells.get(6)),
            cells.get(7)),
        cells.get(8),
        cells.get(9));
  }

  private static Preprocessing preprocessing(
      int size, Resize resize, int target, Interpolation interpolation, String normalization) {
    boolean bytes = normalization.equals("byte");
    boolean imagenet = normalization.equals("imagenet");
    List<Double> mean = Collections.nCopies(3, bytes ? 127.0 : 0.5);
    List<Double> std = Collections.nCopies(3, bytes ? 128.0 : 0.5);
    return new Preprocessing(
        size,
        resize,
        target,
        interpolation,
        bytes ? Range.BYTE : Range.UNIT,
        imagenet ? List.of(0.485, 0.456, 0.406) : mean,
        imagenet ? List.of(0.229, 0.224, 0.225) : std);
  }

  @Override
  public String toString() {
    return "%s %d x %d, %s to %d, crop %d, %s"
        .formatted(
            content,
            width,
            height,
            preprocessing.resize(),
            preprocessing.resizeTo(),
            preprocessing.inputSize(),
            preprocessing.interpolation());
  }
}
