package dev.lakelens.checkpoint;

import static dev.lakelens.model.Preprocessing.Interpolation.BICUBIC;
import static dev.lakelens.model.Preprocessing.Interpolation.BILINEAR;

import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import dev.lakelens.network.Variant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How images are prepared for a family's published weights, where all of a variant's are prepared
 * alike or the file's name tells them apart.
 */
final class UsualPreprocessing {
  static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
  static final List<Double> IMAGENET_STD = List.of(0.229, 0.224, 0.225);

  private static final List<Double> HALF = equal(0.5);
  private static final List<Double> RANGILYU_MEAN = equal(0.498);
  private static final List<Double> RANGILYU_STD = equal(0.502);

  /** What a resize adds to the crop, in RangiLyu's evaluation. */
  private static final int RANGILYU_BORDER = 32;

  private static final String TORCHVISION_B1_V1 = "bac287d4";

  /** The file of torchvision's second training of B1, which is prepared otherwise. */
  private static final String TORCHVISION_B1_V2 = "c27df63c";

  /** Side of the input, and its share of the resize, in timm's configurations. */
  private record Crop(int size, double share) {}

  private static final Map<Variant, Crop> TIMM_TF =
      Map.ofEntries(
          Map.entry(Variant.B0, new Crop(224, 0.875)),
          Map.entry(Variant.B1, new Crop(240, 0.882)),
          Map.entry(Variant.B2, new Crop(260, 0.890)),
          Map.entry(Variant.B3, new Crop(300, 0.904)),
          Map.entry(Variant.B4, new Crop(380, 0.922)),
          Map.entry(Variant.B5, new Crop(456, 0.934)),
          Map.entry(Variant.B6, new Crop(528, 0.942)),
          Map.entry(Variant.B7, new Crop(600, 0.949)),
          Map.entry(Variant.B8, new Crop(672, 0.954)),
          Map.entry(Variant.LITE0, new Crop(224, 0.875)),
          Map.entry(Variant.LITE1, new Crop(240, 0.882)),
          Map.entry(Variant.LITE2, new Crop(260, 0.890)),
          Map.entry(Variant.LITE3, new Crop(300, 0.904)),
          Map.entry(Variant.LITE4, new Crop(380, 0.920)));

  private static final Map<Variant, Crop> TIMM =
      Map.of(
          Variant.B0, new Crop(224, 0.875),
          Variant.B1, new Crop(224, 0.875),
          Variant.B2, new Crop(256, 0.875),
          Variant.B3, new Crop(288, 0.875),
          Variant.B4, new Crop(320, 0.875),
          Variant.LITE0, new Crop(224, 0.875));

  /** timm's trainings with the tag ra4, which have a mean and standard deviation of their own. */
  private static final Map<Variant, Crop> TIMM_RA4 =
      Map.of(Variant.B0, new Crop(224, 0.9), Variant.B1, new Crop(240, 0.9));

  /** Sides of the crop and of the resize. */
  private static final Map<Variant, List<Integer>> TORCHVISION =
      Map.of(
          Variant.B0, List.of(224, 256),
          Variant.B1, List.of(240, 256),
          Variant.B2, List.of(288, 288),
          Variant.B3, List.of(300, 320),
          Variant.B4, List.of(380, 384),
          Variant.B5, List.of(456, 456),
          Variant.B6, List.of(528, 528),
          Variant.B7, List.of(600, 600));

  private UsualPreprocessing() {}

  /**
   * @param source name of the weight file
   */
  static Optional<Preprocessing> of(Family family, Variant variant, String source) {
    return switch (family) {
      case TIMM_TF, EFFICIENTNET_LITE_PYTORCH -> timmTf(variant, source);
      case TIMM -> timm(variant, source);
      case TORCHVISION -> torchvision(variant, source);
      case EFFICIENTNET_PYTORCH -> efficientnetPytorch(variant, source);
      case RANGILYU -> Optional.of(rangilyu(variant.resolution()));
      case TRANSFORMERS, KERAS -> Optional.empty();
    };
  }

  private static Optional<Preprocessing> timmTf(Variant variant, String source) {
    boolean big = variant == Variant.LITE3 || variant == Variant.LITE4;
    boolean half = variant.lite() || FileName.adversarial(source);
    return Optional.ofNullable(TIMM_TF.get(variant))
        .map(crop -> cropped(crop, big ? BILINEAR : BICUBIC, half));
  }

  private static Optional<Preprocessing> timm(Variant variant, String source) {
    boolean several = TIMM_RA4.containsKey(variant);
    if (several && FileName.contains(source, "ra4_")) {
      return Optional.of(cropped(TIMM_RA4.get(variant), BICUBIC, true));
    }
    if (several && !FileName.published(source, variant)) {
      return Optional.empty();
    }
    return Optional.ofNullable(TIMM.get(variant)).map(crop -> cropped(crop, BICUBIC, false));
  }

  private static Optional<Preprocessing> torchvision(Variant variant, String source) {
    if (variant == Variant.B1 && FileName.contains(source, TORCHVISION_B1_V2)) {
      return Optional.of(imagenet(240, 255, BILINEAR));
    }
    if (variant == Variant.B1 && !FileName.contains(source, TORCHVISION_B1_V1)) {
      return Optional.empty();
    }
    List<Integer> sides = TORCHVISION.get(variant);
    return Optional.of(imagenet(sides.get(0), sides.get(1), BICUBIC));
  }

  /** Published are B0 to B7, AdvProp's with a name of their own, and B8 of AdvProp only. */
  private static Optional<Preprocessing> efficientnetPytorch(Variant variant, String source) {
    if (variant == Variant.L2) {
      return Optional.empty();
    }
    int size = variant.resolution();
    boolean half = variant == Variant.B8 || FileName.adversarial(source);
    return Optional.of(half ? half(size, size, BICUBIC) : imagenet(size, size, BICUBIC));
  }

  private static Preprocessing rangilyu(int size) {
    return of(size, size + RANGILYU_BORDER, BICUBIC, RANGILYU_MEAN, RANGILYU_STD);
  }

  private static Preprocessing cropped(Crop crop, Interpolation interpolation, boolean half) {
    int resizeTo = (int) Math.floor(crop.size / crop.share);
    return half
        ? half(crop.size, resizeTo, interpolation)
        : imagenet(crop.size, resizeTo, interpolation);
  }

  private static Preprocessing half(int size, int resizeTo, Interpolation interpolation) {
    return of(size, resizeTo, interpolation, HALF, HALF);
  }

  private static Preprocessing imagenet(int size, int resizeTo, Interpolation interpolation) {
    return of(size, resizeTo, interpolation, IMAGENET_MEAN, IMAGENET_STD);
  }

  private static Preprocessing of(
      int size, int resizeTo, Interpolation interpolation, List<Double> mean, List<Double> std) {
    return new Preprocessing(
        size, Resize.SHORTER_SIDE, resizeTo, interpolation, Range.UNIT, mean, std);
  }

  private static List<Double> equal(double value) {
    return Collections.nCopies(3, value);
  }
}
