package dev.lakelens.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import java.nio.file.Path;

/** A model in an ONNX file of any maker, which is read once and checked. */
public final class OnnxModel {
  /** Counts the changes to adapters that may change results; it is part of every fingerprint. */
  public static final int GRAPH_REVISION = 2;

  private final String name;
  private final OnnxFile file;
  private final Traits traits;

  private OnnxModel(String name, OnnxFile file, Traits traits) {
    this.name = name;
    this.file = file;
    this.traits = traits;
  }

  /** Whether a file is named as an ONNX file: the format has no magic bytes. */
  public static boolean isOnnx(Path file) {
    return file.toString().endsWith(".onnx");
  }

  /**
   * Reads a file.
   *
   * @param externalData whether tensors may lie in other files of the same folder
   * @throws ModelException if the file is damaged, reaches beyond itself, or is no image classifier
   */
  public static OnnxModel read(Path path, boolean externalData) {
    return of(path.toString(), OnnxFile.read(path, externalData));
  }

  /**
   * Checks a file that holds all its tensors.
   *
   * @param name for messages
   * @throws ModelException as {@link #read}
   */
  public static OnnxModel of(byte[] bytes, String name) {
    return of(name, OnnxFile.of(bytes, name));
  }

  private static OnnxModel of(String name, OnnxFile file) {
    try {
      return new OnnxModel(name, file, Traits.of(file.model().getGraph()));
    } catch (ModelException e) {
      throw new ModelException(name + ": " + e.getMessage(), e);
    }
  }

  /** What the file takes and gives, for those who write its card. */
  public OnnxInspection inspection() {
    GraphProto graph = file.model().getGraph();
    ImageInput input = traits.input();
    Tail tail = traits.tail();
    return new OnnxInspection(
        file.model().getProducerName(),
        file.opset(),
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
        file.sha256());
  }

  /**
   * Adapts the file's graph to a card. The logits are those before a softmax or a sigmoid, and the
   * embedding is what the dense layer reads, behind the quantisers of the file; preprocessing
   * inside the graph stays there. A graph for one image takes any batch where its operations show
   * that they work on each image alone.
   *
   * @param card of a {@link ModelCard.Graph}; with the head {@link Head#NONE} a classifier is left
   *     out
   * @param labels as many as the classifier has rows; {@link Labels#NONE} without one
   * @throws ModelException if the file is not what the card says
   */
  public Model adapt(ModelCard card, Labels labels) {
    requireAgreement(card);
    boolean withLogits = card.head() != Head.NONE;
    Adapter.Adapted adapted =
        Adapter.adapt(file.model(), card.preprocessing().inputSize(), withLogits);
    return new Model(
        card,
        labels,
        adapted.model().toByteArray(),
        file.digest(),
        traits.precision(),
        GRAPH_REVISION,
        withLogits ? traits.tail().classes() : 0,
        traits.tail().features(),
        adapted.fixedBatch());
  }

  /**
   * Compares a card with the graph.
   *
   * @throws ModelException where the graph is not what the card says
   */
  public void requireAgreement(ModelCard card) {
    try {
      CardCheck.check(card, traits);
    } catch (ModelException e) {
      throw new ModelException("%s and its card differ: %s".formatted(name, e.getMessage()), e);
    }
  }
}
