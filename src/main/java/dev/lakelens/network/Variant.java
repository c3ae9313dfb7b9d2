package dev.lakelens.network;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.ModelException;
import java.util.Arrays;
import java.util.List;

/**
 * The published members of the family: how much wider and deeper than B0 each is.
 *
 * <p>From {@code efficientnet_builder.py} and {@code lite/efficientnet_lite_builder.py} of
 * TensorFlow's TPU models.
 */
public enum Variant {
  // width, depth, resolution, dropout
  B0(1.0, 1.0, 224, 0.2),
  B1(1.0, 1.1, 240, 0.2),
  B2(1.1, 1.2, 260, 0.3),
  B3(1.2, 1.4, 300, 0.3),
  B4(1.4, 1.8, 380, 0.4),
  B5(1.6, 2.2, 456, 0.4),
  B6(1.8, 2.6, 528, 0.5),
  B7(2.0, 3.1, 600, 0.5),
  B8(2.2, 3.6, 672, 0.5),
  L2(4.3, 5.3, 800, 0.5),
  LITE0(1.0, 1.0, 224, 0.2),
  LITE1(1.0, 1.1, 240, 0.2),
  LITE2(1.1, 1.2, 260, 0.3),
  LITE3(1.2, 1.4, 280, 0.3),
  LITE4(1.4, 1.8, 300, 0.3);

  private final double width;
  private final double depth;
  private final int resolution;
  private final double dropout;

  Variant(double width, double depth, int resolution, double dropout) {
    this.width = width;
    this.depth = depth;
    this.resolution = resolution;
    this.dropout = dropout;
  }

  /**
   * The variant of a name such as {@code b0} or {@code lite0}.
   *
   * @throws ModelException for any other name; its sentence lists the known ones
   */
  public static Variant named(String name) {
    List<Variant> variants = Arrays.asList(values());
    return variants.stream()
        .filter(variant -> variant.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "There is no EfficientNet %s; there are %s"
                        .formatted(
                            name,
                            String.join(", ", variants.stream().map(Variant::text).toList()))));
  }

  /** Name as cards and people write it. */
  public String text() {
    return CardJson.text(this);
  }

  /** Multiplies the channels of Table 1. */
  public double width() {
    return width;
  }

  /** Multiplies the repeats of Table 1. */
  public double depth() {
    return depth;
  }

  /** Side of the square input in training, in pixels; any other works. */
  public int resolution() {
    return resolution;
  }

  /** Share of features that training drops before the classifier; the identity in inference. */
  public double dropout() {
    return dropout;
  }

  /**
   * Made for phones: ReLU6 in place of SiLU, no squeeze-and-excitation, and a stem, a head and
   * first and last stages that do not grow.
   */
  public boolean lite() {
    return this.compareTo(LITE0) >= 0;
  }
}
