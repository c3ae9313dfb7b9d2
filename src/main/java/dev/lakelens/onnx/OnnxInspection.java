package dev.lakelens.onnx;

import dev.lakelens.model.Head;
import dev.lakelens.model.Precision;
import java.util.List;

/**
 * What an ONNX file takes and gives, as its maker wrote it.
 *
 * @param producer the program that wrote the file; empty where it does not say
 * @param opset version of the standard operators
 * @param input name of the image input
 * @param layout order of the input's axes
 * @param element type of the input's values
 * @param batch the only batch that the input takes, or whose images do not change each other's
 *     results; 0 where any is
 * @param inputSize side of the square input, in pixels; 0 where it takes any
 * @param inGraph operations on the input ahead of the first layer, such as {@code Sub 127.0}: what
 *     a card's preprocessing must then leave out
 * @param output what the network's end gives
 * @param classes number of logits, 0 without a classifier
 * @param embeddingSize number of pooled features
 * @param precision of the graph
 * @param sha256 of the file, in hex
 */
public record OnnxInspection(
    String producer,
    long opset,
    String input,
    Layout layout,
    Element element,
    int batch,
    int inputSize,
    List<String> inGraph,
    Output output,
    int classes,
    int embeddingSize,
    Precision precision,
    String sha256) {
  /** Order of an image input's axes. */
  public enum Layout {
    /** Batch, channels, height, width. */
    NCHW,
    /** Batch, height, width, channels. */
    NHWC
  }

  /** Type of an image input's values. */
  public enum Element {
    FLOAT32,
    FLOAT16,
    UINT8
  }

  /** What the end of a network gives. */
  public enum Output {
    /** The dense layer's values. */
    LOGITS,
    /** Scores of classes that exclude each other. */
    SOFTMAX,
    /** Scores of classes that do not. */
    SIGMOID,
    /** Pooled features, without a classifier. */
    EMBEDDING
  }

  public OnnxInspection {
    inGraph = List.copyOf(inGraph);
  }

  /** What the outputs are, unless a card says otherwise. */
  public Head usualHead() {
    return output == Output.SIGMOID ? Head.SIGMOID : Head.usual(classes);
  }

  /** What a person should know who writes the card, a sentence each. */
  public List<String> notes() {
    if (inGraph.isEmpty()) {
      return List.of();
    }
    return List.of(
        "the graph itself prepares pixels (%s): leave that out of the card, whose range is then often byte, mean 0 and std 1"
            .formatted(String.join(", ", inGraph)));
  }
}
