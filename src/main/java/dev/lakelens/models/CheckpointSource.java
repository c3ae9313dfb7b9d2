package dev.lakelens.models;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.checkpoint.Checkpoints;
import dev.lakelens.model.Head;
import dev.lakelens.model.Labels;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.TrainedNetwork;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A checkpoint without a card.
 *
 * @param notes hears what a person should know of it, a sentence each
 */
record CheckpointSource(Path file, ModelSettings settings, Consumer<String> notes)
    implements Source {
  CheckpointSource {
    settings.refuse(file + " is no ONNX file", "", ModelSettings.EXTERNAL_DATA);
  }

  @Override
  public Model build() {
    return EfficientNet.build(trained());
  }

  @Override
  public TrainedNetwork trained() {
    Checkpoint checkpoint = read().requireFinite();
    Optional<CardFile> like = settings.preprocess().map(CardFile::read);
    if (like.isEmpty()) {
      checkpoint.preparation().forEach(notes);
    }
    checkpoint.notes().forEach(notes);
    Preprocessing preprocessing =
        like.map(card -> card.card().preprocessing())
            .or(checkpoint::preprocessing)
            .orElseThrow(() -> CardFile.lacking(file));
    int classes = checkpoint.classes();
    Head head =
        classes == 0 ? Head.NONE : like.map(card -> card.head(classes)).orElse(Head.usual(classes));
    ModelCard card = Cards.of(file, checkpoint, preprocessing, head);
    return new TrainedNetwork(card, labels(checkpoint), checkpoint.tensors());
  }

  private Checkpoint read() {
    return settings
        .family()
        .map(family -> Checkpoints.read(file, family))
        .orElseGet(() -> Checkpoints.read(file));
  }

  private Labels labels(Checkpoint checkpoint) {
    if (checkpoint.classes() == 0) {
      settings.refuse(file + " has no classifier", "", ModelSettings.LABELS);
      return Labels.NONE;
    }
    return settings
        .labels()
        .map(LabelFile::read)
        .or(checkpoint::labels)
        .orElseGet(() -> LabelFile.numbers(checkpoint.classes(), notes));
  }

  @Override
  public ModelInspection inspect() {
    Checkpoint found = read();
    return new ModelInspection(
        Optional.empty(), file.toString(), Optional.of(found), Optional.empty());
  }
}
