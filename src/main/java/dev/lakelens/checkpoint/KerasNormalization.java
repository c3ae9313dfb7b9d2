package dev.lakelens.checkpoint;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.weights.WeightFile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a Keras network does to pixels: it takes 0 to 255, divides by 255, subtracts {@code mean}
 * and divides by the root of {@code variance}.
 *
 * <p>Keras' EfficientNets keep ImageNet's standard deviations where variances belong, and so divide
 * by their roots. With {@code weights="imagenet"}, TensorFlow 2.10 and Keras 3 make up for that
 * with another division by these roots, in a second layer {@code rescaling}; the published weights
 * were trained with both. A network that was made without those weights has no such layer and was
 * trained without it, so {@code rescaled} matters.
 *
 * @param mean of the channels R, G, B, of values from 0 to 1
 * @param variance of the channels R, G, B, as the layer {@code normalization} keeps it
 * @param rescaled whether values are also divided by the roots of ImageNet's standard deviations
 */
record KerasNormalization(List<Double> mean, List<Double> variance, boolean rescaled) {
  private static final Pattern OWN =
      Pattern.compile("normalization(_\\d+)?/(mean|variance|count)|rescaling(_\\d+)?");
  private static final MathContext DIGITS = new MathContext(6);

  KerasNormalization {
    mean = List.copyOf(mean);
    variance = List.copyOf(variance);
  }

  /**
   * What a file keeps; empty where it has no layer {@code normalization}, such as the files of the
   * package {@code efficientnet} and of EfficientNet-Lite. {@code rescaled} is whether the file
   * shows a second layer {@code rescaling}; the published {@code .h5} files are older than that
   * layer and do not.
   *
   * @throws ModelException where mean and variance are not three numbers each, variances positive
   */
  static Optional<KerasNormalization> of(WeightFile file) {
    List<Double> mean = channels(file, "mean");
    List<Double> variance = channels(file, "variance");
    if (mean.isEmpty() && variance.isEmpty()) {
      return Optional.empty();
    }
    if (mean.size() != 3
        || variance.size() != 3
        || !mean.stream().allMatch(Double::isFinite)
        || !variance.stream().allMatch(v -> v > 0 && Double.isFinite(v))) {
      throw new ModelException(
          "%s normalises pixels with mean %s and variance %s, and not with three numbers each"
              .formatted(file.source(), mean, variance));
    }
    long rescalings = file.others().stream().filter(name -> name.startsWith("rescaling")).count();
    return Optional.of(new KerasNormalization(mean, variance, rescalings > 1));
  }

  /** Whether a tensor or a layer prepares pixels, and is not of the network. */
  static boolean owns(String name) {
    return OWN.matcher(name).matches();
  }

  /** What {@code x / 255 - mean} is divided by, channels R, G, B. */
  List<Double> std() {
    List<Double> std = new ArrayList<>();
    for (int channel = 0; channel < 3; channel++) {
      double factor = rescaled ? UsualPreprocessing.IMAGENET_STD.get(channel) : 1;
      std.add(Math.sqrt(variance.get(channel) * factor));
    }
    return std;
  }

  /** What a card should say by it, for people. */
  String note() {
    String note =
        "the file itself normalises pixels, by (x / 255 - mean) / std with the mean %s and the std %s"
            .formatted(rounded(mean), rounded(std()));
    return !rescaled && variance.equals(UsualPreprocessing.IMAGENET_STD)
        ? note
            + "; weights that Keras published, and networks made of them since TensorFlow 2.10, "
            + "were trained with the std %s: say in a card which it is"
                .formatted(UsualPreprocessing.IMAGENET_STD)
        : note + "; say these in a card, unless its maker says others";
  }

  private static List<String> rounded(List<Double> values) {
    return values.stream()
        .map(value -> BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString())
        .toList();
  }

  private static List<Double> channels(WeightFile file, String weight) {
    List<Double> values = new ArrayList<>();
    for (Map.Entry<String, Tensor> entry : file.tensors().entrySet()) {
      if (owns(entry.getKey()) && entry.getKey().endsWith("/" + weight)) {
        for (int i = 0; i < entry.getValue().floats().remaining(); i++) {
          values.add(shortest(entry.getValue().floats().get(i)));
        }
      }
    }
    return values;
  }

  /** The decimal that was rounded to the float, such as 0.485. */
  private static double shortest(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
