package dev.lakelens.model;

import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.util.List;
import java.util.Map;

/** A model without a graph, for tests of what is around one. */
final class Samples {
  static final Preprocessing PREPROCESSING =
      new Preprocessing(
          224,
          Resize.SHORTER_SIDE,
          256,
          Interpolation.BICUBIC,
          Range.UNIT,
          List.of(0.485, 0.5, 0.5),
          List.of(0.5, 0.5, 0.5));

  static final ModelCard.Weights WEIGHTS =
      new ModelCard.Weights("w.safetensors", "timm", "somewhere", "0123", "Apache-2.0");

  static final ModelCard CARD = card("pets", Padding.SAME, 1e-3, PREPROCESSING, Head.SOFTMAX);

  static final Labels LABELS = new Labels(List.of("cat", "dög"));

  private Samples() {}

  static ModelCard card(
      String name, Padding padding, double epsilon, Preprocessing preprocessing, Head head) {
    return new ModelCard(
        name,
        new ModelCard.Variant("lite0", padding, epsilon),
        preprocessing,
        head,
        "labels.txt",
        WEIGHTS,
        Map.of("photos top-1", "89.0 % of 200"));
  }

  static Model model(ModelCard card, Labels labels, String tensorsDigest, int graphRevision) {
    return new Model(
        card,
        labels,
        new byte[0],
        tensorsDigest,
        Precision.FP32,
        graphRevision,
        labels.size(),
        1280,
        0);
  }

  static Model model(ModelCard card) {
    return model(card, LABELS, "ab", 7);
  }
}
