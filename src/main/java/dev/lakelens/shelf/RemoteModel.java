package dev.lakelens.shelf;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Digest;
import dev.lakelens.model.ModelCard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model on another machine, without its weights.
 *
 * @param small the bytes of its card, its labels and the digest of its weights, by file
 */
record RemoteModel(ModelCard card, SortedMap<String, byte[]> small) {

  /**
   * Reads a model's small files.
   *
   * @return empty where there is no card
   * @throws ShelfException where another file is missing, or cannot be read
   * @throws dev.lakelens.model.ModelException where the card is none
   */
  static Optional<RemoteModel> find(RemoteDirectory shelf, String name) {
    Optional<byte[]> json = shelf.read(name + "/" + CardJson.FILE);
    if (json.isEmpty()) {
      return Optional.empty();
    }
    ModelCard card = card(json.get(), shelf, name);
    SortedMap<String, byte[]> small = new TreeMap<>();
    small.put(CardJson.FILE, json.get());
    for (String file : besideTheCard(card)) {
      byte[] bytes =
          shelf.read(name + "/" + file).orElseThrow(() -> Shelf.missing(shelf + "/" + name, file));
      small.put(file, bytes);
    }
    return Optional.of(new RemoteModel(card, small));
  }

  /** The card alone. */
  static Optional<ModelCard> card(RemoteDirectory shelf, String name) {
    return shelf.read(name + "/" + CardJson.FILE).map(json -> card(json, shelf, name));
  }

  private static ModelCard card(byte[] json, RemoteDirectory shelf, String name) {
    String file = "%s/%s/%s".formatted(shelf, name, CardJson.FILE);
    ModelCard card = CardJson.read(new String(json, StandardCharsets.UTF_8), file);
    Shelf.requireOwn(card, name, file);
    return card;
  }

  /** Reads the same files of a model that is to come there. */
  static RemoteModel of(StagedModel staged) throws IOException {
    SortedMap<String, byte[]> small = new TreeMap<>();
    small.put(CardJson.FILE, Files.readAllBytes(staged.directory().resolve(CardJson.FILE)));
    for (String file : besideTheCard(staged.card())) {
      small.put(file, Files.readAllBytes(staged.directory().resolve(file)));
    }
    return new RemoteModel(staged.card(), small);
  }

  private static List<String> besideTheCard(ModelCard card) {
    return card.labels().isEmpty()
        ? List.of(DigestRecord.FILE)
        : List.of(DigestRecord.FILE, card.labels());
  }

  /** Differs where anything of the model differs, as the digest of the weights is in it. */
  String digest() {
    Digest digest = new Digest();
    small.forEach(
        (file, bytes) ->
            digest.add("%s %d\n".formatted(file, bytes.length)).add(ByteBuffer.wrap(bytes)));
    return digest.hex();
  }

  /** What {@code SHA256SUMS} says. */
  String record() {
    return new String(small.get(DigestRecord.FILE), StandardCharsets.UTF_8);
  }

  /** The file of weights. */
  String weights() {
    return card.weights().file();
  }

  void writeTo(Path directory) throws IOException {
    for (var file : small.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }
}
