package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import java.nio.file.Path;

/** Makes models of ONNX files of any maker. */
public final class OnnxModels {
  /** What the cards of such models have for an architecture. */
  public static final String ARCHITECTURE = "onnx";

  /** Counts the changes to adapters that may change results; it is part of every fingerprint. */
  public static final int GRAPH_REVISION = 1;

  private OnnxModels() {}

  /** Whether a file is named as an ONNX file: the format has no magic bytes. */
  public static boolean isOnnx(Path file) {
    return file.toString().endsWith(".onnx");
  }

  /**
   * What a file takes and gives, for those who write its card.
   *
   * @param externalData whether tensors may lie in other files of the same folder
   * @throws ModelException if the file is damaged, reaches beyond itself, or is no image classifier
   */
  public static OnnxInspection inspect(Path file, boolean externalData) {
    OnnxFile onnx = OnnxFile.read(file, externalData);
    GraphProto graph = onnx.model().getGraph();
    Traits traits = traits(file, graph);
    ImageInput input = traits.input();
    Tail tail = traits.tail();
    return new OnnxInspection(
        onnx.model().getProducerName(),
        onnx.opset(),
        input.name(),
        input.layout(),
        input.element(),
        input.batch(),
        input.size(),
        InGraph.of(input.name(), new Values(graph)),
        tail.output(),
        tail.classes(),
        tail.features(),
        traits.precision(),
        onnx.digest());
  }

  /**
   * Adapts a file's graph to the card. The logits are those before a softmax or a sigmoid, and the
   * embedding is what the dense layer reads; preprocessing inside the graph stays there. A graph
   * for one image takes any batch where its operations show that they work on each image alone.
   *
   * @param card whose architecture is {@link #ARCHITECTURE}; with the head {@link Head#NONE} a
   *     classifier is left out
   * @param labels as many as the classifier has rows; {@link Labels#NONE} without one
   * @param externalData whether tensors may lie in other files of the same folder
   * @throws ModelException if the file is damaged, reaches beyond itself, is no image classifier,
   *     or is not what the card says
   */
  public static Model load(Path file, ModelCard card, Labels labels, boolean externalData) {
    OnnxFile onnx = OnnxFile.read(file, externalData);
    Traits traits = traits(file, onnx.model().getGraph());
    try {
      CardCheck.check(card, traits);
    } catch (ModelException e) {
      throw new ModelException("%s and its card differ: %s".formatted(file, e.getMessage()), e);
    }
    boolean withLogits = card.head() != Head.NONE;
    Adapter.Adapted adapted =
        Adapter.adapt(onnx.model(), card.preprocessing().inputSize(), withLogits);
    return new Model(
        card,
        labels,
        adapted.model().toByteArray(),
        onnx.digest(),
        traits.precision(),
        GRAPH_REVISION,
        withLogits ? traits.tail().classes() : 0,
        traits.tail().features(),
        adapted.fixedBatch());
  }

  private static Traits traits(Path file, GraphProto graph) {
    try {
      return Traits.of(graph);
    } catch (ModelException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }
}
