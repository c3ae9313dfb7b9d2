package dev.lakelens.models;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Trained;
import dev.lakelens.weights.WeightFile;
import dev.lakelens.weights.WeightFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The models that ship with Lakelens: card, weights and labels, in a folder of resources each. */
public final class Models {
  private static final List<String> NAMES = List.of("efficientnet-lite0");

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
    return trained(name).build();
  }

  /**
   * Reads the weights of a model.
   *
   * @param name one of {@link #names}
   * @throws UnknownModelException for any other name
   */
  static Trained trained(String name) {
    ModelCard card = card(name);
    String folder = folder(name);
    Labels labels = Labels.parse(text(folder + card.labels()));
    String weights = card.weights().file();
    WeightFile file = WeightFiles.read(ByteBuffer.wrap(bytes(folder + weights)), weights);
    return new Trained(card, labels, new Tensors(file.tensors()));
  }

  /**
   * What a model is, without building it.
   *
   * @param name one of {@link #names}
   * @throws UnknownModelException for any other name
   */
  public static ModelCard card(String name) {
    if (!NAMES.contains(name)) {
      throw new UnknownModelException(name);
    }
    return CardJson.read(text(folder(name) + "card.json"), "card.json of " + name);
  }

  private static String folder(String name) {
    return "/models/" + name + "/";
  }

  private static String text(String resource) {
    return new String(bytes(resource), StandardCharsets.UTF_8);
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
