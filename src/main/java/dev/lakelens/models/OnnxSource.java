package dev.lakelens.models;

import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.onnx.OnnxInspection;
import dev.lakelens.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An ONNX file without a card.
 *
 * @param notes hears what a person should know of it, a sentence each
 */
record OnnxSource(Path file, ModelSettings settings, Consumer<String> notes) implements Source {
  OnnxSource {
    settings.refuse(
        file + " is an ONNX file, whose graph shows what a family would say",
        "",
        ModelSettings.FAMILY);
  }

  @Override
  public Model build() {
    OnnxModel onnx = read();
    OnnxInspection found = onnx.inspection();
    CardFile like =
        settings.preprocess().map(CardFile::read).orElseThrow(() -> CardFile.lacking(file));
    boolean leftOut = like.card().head() == Head.NONE;
    Head head = leftOut ? Head.NONE : like.head(found.classes());
    ModelCard card = Cards.ofOnnx(file, found, like.card().preprocessing(), head);
    return onnx.adapt(card, labels(leftOut ? 0 : found.classes()));
  }

  @Override
  public TrainedNetwork trained() {
    throw graph(file.toString());
  }

  /** Its weights cannot be had. */
  static ModelException graph(String file) {
    return new ModelException(
        "%s is a graph. Give the checkpoint that it was made from".formatted(file));
  }

  private Labels labels(int classes) {
    if (classes == 0) {
      settings.refuse(file + " is used without a classifier", "", ModelSettings.LABELS);
      return Labels.NONE;
    }
    return settings
        .labels()
        .map(LabelFile::read)
        .orElseGet(() -> LabelFile.numbers(classes, notes));
  }

  private OnnxModel read() {
    return OnnxModel.read(file, settings.externalData());
  }

  @Override
  public ModelInspection inspect() {
    return new ModelInspection(
        Optional.empty(), file.toString(), Optional.empty(), Optional.of(read().inspection()));
  }
}
