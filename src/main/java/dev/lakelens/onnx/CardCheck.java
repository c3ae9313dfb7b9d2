package dev.lakelens.onnx;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.onnx.OnnxInspection.Element;
import dev.lakelens.onnx.OnnxInspection.Output;

/** Refuses cards that say of a graph what it shows not to be. */
final class CardCheck {
  private CardCheck() {}

  static void check(ModelCard card, Traits traits) {
    if (!(card.architecture() instanceof ModelCard.Graph)) {
      throw new ModelException(
          "the card's architecture is %s, and must be onnx".formatted(card.architecture().name()));
    }
    checkHead(card.head(), traits.tail().output());
    checkInput(card.preprocessing(), traits.input());
  }

  private static void checkHead(Head head, Output output) {
    boolean agree =
        switch (head) {
          case NONE -> true;
          case SOFTMAX -> output == Output.SOFTMAX || output == Output.LOGITS;
          case SIGMOID -> output == Output.SIGMOID || output == Output.LOGITS;
        };
    if (!agree) {
      throw new ModelException(
          "the card's head is %s, and the graph's output is %s"
              .formatted(CardJson.text(head), CardJson.text(output)));
    }
  }

  private static void checkInput(Preprocessing preprocessing, ImageInput input) {
    if (input.size() != 0 && input.size() != preprocessing.inputSize()) {
      throw new ModelException(
          "the card's input_size is %d, and the graph takes %d x %d"
              .formatted(preprocessing.inputSize(), input.size(), input.size()));
    }
    boolean bytes =
        preprocessing.range() == Range.BYTE
            && preprocessing.mean().stream().allMatch(mean -> mean == 0)
            && preprocessing.std().stream().allMatch(std -> std == 1);
    if (input.element() == Element.UINT8 && !bytes) {
      throw new ModelException(
          "the graph takes uint8, and the card's range must be byte, its mean 0 and its std 1");
    }
  }
}
