package dev.lakelens.models;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.model.Digest;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/** Cards of checkpoints that come without one. */
public final class CardDraft {
  private static final String LABELS = "labels.txt";

  private CardDraft() {}

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
        name.replaceFirst("\\.[A-Za-z0-9]+$", ""),
        checkpoint.variant().text(),
        checkpoint.padding(),
        checkpoint.epsilon(),
        preprocessing,
        head,
        head == Head.NONE ? "" : LABELS,
        new ModelCard.Weights(name, checkpoint.family().text(), name, sha256(file), "unknown"),
        Map.of());
  }

  /** One logit is a yes or no; several are one of several classes, unless a card says otherwise. */
  public static Head usualHead(int classes) {
    return switch (classes) {
      case 0 -> Head.NONE;
      case 1 -> Head.SIGMOID;
      default -> Head.SOFTMAX;
    };
  }

  private static String sha256(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      return new Digest().add(bytes).hex();
    } catch (IOException e) {
      throw new ModelException("%s cannot be read (%s)".formatted(file, e), e);
    }
  }
}
