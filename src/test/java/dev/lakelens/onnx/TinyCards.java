package dev.lakelens.onnx;

import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.util.List;
import java.util.Map;

/** Cards of tiny graphs. */
public final class TinyCards {
  static final Labels LABELS = new Labels(List.of("a", "b", "c", "d"));
  static final ModelCard SOFTMAX = card(Head.SOFTMAX);
  static final ModelCard SIGMOID = card(Head.SIGMOID);
  static final ModelCard HEADLESS = card(Head.NONE);
  static final ModelCard BYTES = card(Head.SOFTMAX, TinyGraph.SIZE, Range.BYTE, 0, 1);

  private TinyCards() {}

  static ModelCard card(Head head) {
    return card(head, TinyGraph.SIZE, Range.UNIT, 0.5, 0.5);
  }

  /** A card of the file {@code m.onnx} beside it, whose labels are {@code labels.txt}. */
  public static ModelCard card(Head head, int size, Range range, double mean, double std) {
    Preprocessing preprocessing =
        new Preprocessing(
            size,
            Resize.SQUASH,
            size,
            Interpolation.BICUBIC,
            range,
            List.of(mean, mean, mean),
            List.of(std, std, std));
    return new ModelCard(
        "tiny",
        new ModelCard.Graph(),
        preprocessing,
        head,
        "labels.txt",
        new ModelCard.Weights("m.onnx", "onnx", "a test", "", "Apache-2.0"),
        Map.of());
  }
}
