package dev.lakelens.models;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.onnx.OnnxInspection;
import dev.lakelens.onnx.OnnxModel;
import dev.lakelens.shelf.Catalogue;
import dev.lakelens.weights.WeightFile;
import dev.lakelens.weights.WeightFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The models that ship with Lakelens: card, weights and labels, in a folder of resources each. */
public final class Models {
  private static final List<String> NAMES =
      List.of("efficientnet-lite0", "efficientnet-lite0-int8");

  private Models() {}

  /** What {@link #load} takes. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Builds a model.
   *
   * @param name one of {@link #names}
   * @throws UnknownModelException for any other name
   */
  public static Model load(String name) {
    ModelCard card = card(name);
    return isOnnx(card) ? onnx(card).adapt(card, labels(card)) : EfficientNet.build(trained(name));
  }

  /**
   * Reads the weights of a model.
   *
   * @param name one of {@link #names}
   * @throws UnknownModelException for any other name
   * @throws dev.lakelens.model.ModelException where the model is a graph
   */
  static TrainedNetwork trained(String name) {
    ModelCard card = card(name);
    if (isOnnx(card)) {
      throw OnnxSource.graph(name);
    }
    String weights = card.weights().file();
    WeightFile file = WeightFiles.read(ByteBuffer.wrap(bytes(card, weights)), weights);
    return new TrainedNetwork(card, labels(card), new Tensors(file.tensors()));
  }

  /**
   * Says what a model is, and what its graph is where it has one.
   *
   * @param name one of {@link #names}
   * @throws UnknownModelException for any other name
   */
  static ModelInspection inspect(String name) {
    ModelCard card = card(name);
    Optional<OnnxInspection> onnx =
        isOnnx(card) ? Optional.of(onnx(card).inspection()) : Optional.empty();
    return new ModelInspection(Optional.of(card), card.weights().file(), Optional.empty(), onnx);
  }

  /**
   * What a model is, without building it.
   *
   * @param name one of {@link #names}
   * @throws UnknownModelException for any other name
   */
  public static ModelCard card(String name) {
    if (!NAMES.contains(name)) {
      throw new UnknownModelException(name, Catalogue.load().remedy(name));
    }
    return CardJson.read(text(bytes(folder(name) + CardJson.FILE)), CardJson.FILE + " of " + name);
  }

  private static boolean isOnnx(ModelCard card) {
    return card.architecture() instanceof ModelCard.Graph;
  }

  private static OnnxModel onnx(ModelCard card) {
    String weights = card.weights().file();
    return OnnxModel.of(bytes(card, weights), weights);
  }

  private static Labels labels(ModelCard card) {
    return Labels.parse(text(bytes(card, card.labels())));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ModelCard card, String file) {
    return bytes(folder(card.name()) + file);
  }

  private static String folder(String name) {
    return "/models/" + name + "/";
  }

  private static byte[] bytes(String resource) {
    try (InputStream in = Models.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The jar's %s cannot be read".formatted(resource), e);
    }
  }
}
