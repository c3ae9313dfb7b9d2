package dev.lakelens.checkpoint;

import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import dev.lakelens.network.Variant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who trained or ported a checkpoint. The family decides padding and the epsilon of batch
 * normalisation, which tensors do not show.
 */
public enum Family {
  /** timm's ports of TensorFlow's checkpoints, {@code tf_efficientnet_*}. */
  TIMM_TF(Padding.SAME, 1e-3, Variant.B0, Variant.LITE4),
  /** timm's own trainings, {@code efficientnet_*}. */
  TIMM(Padding.SYMMETRIC, 1e-5, Variant.B0, Variant.LITE4),
  /** {@code torchvision.models.efficientnet_*}; B5 to B7 have the epsilon of TensorFlow's. */
  TORCHVISION(Padding.SYMMETRIC, 1e-5, Variant.B0, Variant.B7),
  /** The Python package efficientnet_pytorch of lukemelas. */
  EFFICIENTNET_PYTORCH(Padding.SAME, 1e-3, Variant.B0, Variant.L2),
  /** The Python package efficientnet_lite_pytorch. */
  EFFICIENTNET_LITE_PYTORCH(Padding.SAME, 1e-3, Variant.LITE0, Variant.LITE4),
  /** EfficientNet-lite of RangiLyu, the backbone of NanoDet. */
  RANGILYU(Padding.SYMMETRIC, 1e-3, Variant.LITE0, Variant.LITE4),
  /** Hugging Face's {@code transformers.EfficientNetModel} and those built on it. */
  TRANSFORMERS(Padding.SAME, 1e-3, Variant.B0, Variant.L2),
  /** {@code keras.applications} and ports with its names. */
  KERAS(Padding.SAME, 1e-3, Variant.B0, Variant.LITE4);

  private static final double TENSORFLOW_EPSILON = 1e-3;

  private final Padding padding;
  private final double epsilon;
  private final Variant first;
  private final Variant last;

  Family(Padding padding, double epsilon, Variant first, Variant last) {
    this.padding = padding;
    this.epsilon = epsilon;
    this.first = first;
    this.last = last;
  }

  /**
   * The family of a name such as {@code timm-tf}.
   *
   * @throws ModelException for any other name; its sentence lists the known ones
   */
  public static Family named(String name) {
    List<Family> families = Arrays.asList(values());
    return families.stream()
        .filter(family -> family.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "There is no family %s; there are %s"
                        .formatted(
                            name,
                            String.join(", ", families.stream().map(Family::text).toList()))));
  }

  /** Name as {@code --family} takes it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Of strided convolutions. */
  public Padding padding() {
    return padding;
  }

  /** Added to variances in batch normalisation. */
  public double epsilon(Variant variant) {
    boolean portedByTorchvision = this == TORCHVISION && variant.compareTo(Variant.B5) >= 0;
    return portedByTorchvision ? TENSORFLOW_EPSILON : epsilon;
  }

  /** The variants that the family's code can make. */
  public Set<Variant> variants() {
    return EnumSet.range(first, last);
  }
}
