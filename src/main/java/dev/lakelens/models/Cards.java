package dev.lakelens.models;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.model.Digest;
import dev.lakelens.model.FileFault;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.onnx.OnnxInspection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Cards of models that come without one. */
public final class Cards {
  /** File of class names beside a card. */
  public static final String LABELS = "labels.txt";

  private static final ModelCard.Graph GRAPH = new ModelCard.Graph();

  private Cards() {}

  /**
   * The card of a checkpoint: what its file tells, and what a person says of it. Labels are in
   * {@code labels.txt} beside it.
   *
   * @param file of the checkpoint; its name without the ending is the model's
   */
  public static ModelCard of(
      Path file, Checkpoint checkpoint, Preprocessing preprocessing, Head head) {
    String name = file.getFileName().toString();
    return new ModelCard(
        withoutEnding(name),
        new ModelCard.Variant(
            checkpoint.variant().text(), checkpoint.padding(), checkpoint.epsilon()),
        preprocessing,
        head,
        labels(head),
        new ModelCard.Weights(name, checkpoint.family().text(), name, sha256(file), "unknown"),
        Map.of());
  }

  /** The card of an ONNX file. */
  public static ModelCard ofOnnx(
      Path file, OnnxInspection found, Preprocessing preprocessing, Head head) {
    String name = file.getFileName().toString();
    return new ModelCard(
        withoutEnding(name),
        GRAPH,
        preprocessing,
        head,
        labels(head),
        new ModelCard.Weights(name, GRAPH.name(), name, found.sha256(), "unknown"),
        Map.of());
  }

  /** The card of the ONNX file that a model was built into, beside it. */
  public static ModelCard ofBuilt(ModelCard card, String file) {
    ModelCard.Weights weights = card.weights();
    return new ModelCard(
        card.name(),
        GRAPH,
        card.preprocessing(),
        card.head(),
        labels(card.head()),
        new ModelCard.Weights(
            file, GRAPH.name(), weights.origin(), weights.originSha256(), weights.licence()),
        card.accuracy());
  }

  /**
   * The card of the int8 graph that a model was made into, beside it.
   *
   * @param measured figures of the graph, by what was measured
   */
  public static ModelCard ofInt8(
      ModelCard card, String name, String file, Map<String, String> measured) {
    ModelCard built = ofBuilt(card, file);
    Map<String, String> figures = new HashMap<>(measured);
    card.accuracy().forEach((what, figure) -> figures.put("in 32-bit floats: " + what, figure));
    return new ModelCard(
        name,
        built.architecture(),
        built.preprocessing(),
        built.head(),
        built.labels(),
        built.weights(),
        figures);
  }

  private static String labels(Head head) {
    return head == Head.NONE ? "" : LABELS;
  }

  private static String withoutEnding(String name) {
    return name.replaceFirst("\\.[A-Za-z0-9]+$", "");
  }

  private static String sha256(Path file) {
    try {
      return Digest.of(file);
    } catch (IOException e) {
      throw new ModelException("%s cannot be read: %s".formatted(file, FileFault.of(e)), e);
    }
  }
}
