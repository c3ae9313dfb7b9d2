package dev.lakelens.models;

import dev.lakelens.checkpoint.Family;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.Digest;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.Padding;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import dev.lakelens.shelf.Fetcher;
import dev.lakelens.shelf.Shelf;
import dev.lakelens.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A finder, a checkpoint with three classes, and a card for it. */
abstract class ModelFinderFixture {
  static final Tensors TENSORS = SyntheticWeights.of(Architecture.of(Variant.LITE0), 3);

  final List<String> notes = new ArrayList<>();

  @TempDir Path directory;

  ModelFinder finder;
  Path checkpoint;

  @BeforeEach
  void write() throws IOException {
    Shelf shelf = Shelves.at(directory.resolve("shelf"));
    finder = new ModelFinder(shelf, new Fetcher(Map.of(), true), (bytes, total) -> {}, notes::add);
    checkpoint = SafetensorsWriter.write(directory.resolve("mine.safetensors"), TENSORS.byName());
  }

  /** What uses a model: to build it, and to inspect it. */
  final List<Use> uses(String model, ModelSettings settings) {
    return List.of(() -> finder.find(model, settings), () -> finder.inspect(model, settings));
  }

  interface Use {
    void run() throws IOException;
  }

  static ModelSettings settings(Family family, Path labels, Path preprocess, boolean externalData) {
    return new ModelSettings(
        Optional.ofNullable(family),
        Optional.ofNullable(labels),
        Optional.ofNullable(preprocess),
        externalData);
  }

  static String sha256(byte[] bytes) {
    return new Digest().add(ByteBuffer.wrap(bytes)).hex();
  }

  final Path card(String architecture, String weights) throws IOException {
    Files.writeString(directory.resolve("labels.txt"), "cat\ndog\nnone\n");
    ModelCard lite0 = Models.load("efficientnet-lite0").card();
    ModelCard card =
        new ModelCard(
            "mine",
            new ModelCard.Variant(architecture, Padding.SAME, 1e-3),
            lite0.preprocessing(),
            Head.SIGMOID,
            "labels.txt",
            new ModelCard.Weights(weights, "timm-tf", "mine", "", "MIT"),
            Map.of());
    return Files.writeString(directory.resolve("card.json"), CardJson.write(card));
  }
}
