package dev.lakelens.model;

import static java.util.Objects.requireNonNull;

/**
 * A model ready to run.
 *
 * <p>The ONNX graph has one input, {@code input}, float {@code [N, 3, inputSize, inputSize]}, RGB,
 * normalised, and the outputs {@code embedding}, float {@code [N, embeddingSize]}, and, unless the
 * head is {@link Head#NONE}, {@code logits}, float {@code [N, classes]}.
 *
 * @param card what the model is
 * @param labels class names, as many as there are classes
 * @param onnx the serialised ONNX graph, not copied
 * @param tensorsDigest SHA-256 of the canonical tensors in sorted order, in hex
 * @param precision of the graph
 * @param graphRevision counts the changes to the way graphs are built that may change results
 * @param classes number of logits, 0 without a head
 * @param embeddingSize number of pooled features
 * @param fixedBatch the only N that the graph takes; 0 where it takes any
 */
public record Model(
    ModelCard card,
    Labels labels,
    byte[] onnx,
    String tensorsDigest,
    Precision precision,
    int graphRevision,
    int classes,
    int embeddingSize,
    int fixedBatch) {
  public Model {
    requireNonNull(card, "card is null");
    requireNonNull(labels, "labels is null");
    requireNonNull(onnx, "onnx is null");
    requireNonNull(tensorsDigest, "tensorsDigest is null");
    requireNonNull(precision, "precision is null");
    if (fixedBatch < 0) {
      throw new IllegalArgumentException("fixedBatch is negative: " + fixedBatch);
    }
    requireFit(card, labels, classes);
  }

  /**
   * Refuses a card or labels that are not of a model's logits.
   *
   * @param classes number of logits, 0 without a head
   * @throws ModelException whose sentence says which, and what to do
   */
  public static void requireFit(ModelCard card, Labels labels, int classes) {
    card.head()
        .fault(classes)
        .ifPresent(
            fault -> {
              throw new ModelException("The card of %s: %s".formatted(card.name(), fault));
            });
    if (labels.size() != classes) {
      throw new ModelException(
          "%s has %s and %s; give one label a line, in the order of the classes"
              .formatted(
                  card.name(), Counted.classes(classes), Counted.of(labels.size(), "label")));
    }
  }
}
