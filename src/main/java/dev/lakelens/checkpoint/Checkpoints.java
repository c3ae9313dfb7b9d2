package dev.lakelens.checkpoint;

import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Recognises EfficientNets in weight files. */
public final class Checkpoints {
  private static final int IMAGENET_CLASSES = 1000;

  private Checkpoints() {}

  /**
   * Finds out what a weight file holds; nothing is guessed.
   *
   * @param folder that may hold the model's config.json, and transformers' preprocessor_config.json
   * @param flag the family that the user says
   * @throws ModelException where it is no EfficientNet, has a tensor too many, too few or of
   *     another shape, where nothing tells its family, or where two things that tell it contradict
   *     each other
   */
  static Checkpoint recognise(WeightFile file, Path folder, Optional<Family> flag) {
    Subtree part = Subtree.of(KerasLayout.isOf(file) ? KerasLayout.toPyTorch(file) : file);
    LookAlike.refuse(part);
    Architecture architecture = Anatomy.recognise(part);
    Variant variant = architecture.variant();
    Tensors tensors = CanonicalTensors.of(part, architecture);
    Optional<Config> config = Config.in(folder);
    FamilyChoice choice = FamilyChoice.of(part, variant, flag, config);
    config.ifPresent(c -> c.requireAgreement(file.source(), variant, tensors.classes()));
    Family family = choice.family();
    List<String> notes = new ArrayList<>(config.map(Config::notes).orElse(List.of()));
    return new Checkpoint(
        file.source(),
        variant,
        family,
        family.padding(),
        config.map(Config::epsilon).orElse(OptionalDouble.empty()).orElse(family.epsilon(variant)),
        tensors,
        tensors.classes(),
        preprocessing(config, family, variant, file.source(), tensors.classes(), notes),
        labels(config, tensors.classes()),
        evidence(part, architecture, choice),
        withBeside(notes, part));
  }

  private static List<String> evidence(
      Subtree part, Architecture architecture, FamilyChoice choice) {
    String where = part.prefix().isEmpty() ? "it" : "what is under " + part.prefix();
    return List.of(
        "%s has a tensor %s".formatted(where, part.naming().stem()),
        "%s has %s".formatted(where, Anatomy.of(architecture).text()),
        "its family is %s: %s".formatted(choice.family().text(), choice.evidence()));
  }

  private static List<String> withBeside(List<String> notes, Subtree part) {
    List<String> beside = part.beside();
    if (!beside.isEmpty()) {
      notes.add(
          "what is outside %s is left aside: %d in all, such as %s"
              .formatted(part.prefix(), beside.size(), beside.get(0)));
    }
    return notes;
  }

  private static Optional<Preprocessing> preprocessing(
      Optional<Config> config,
      Family family,
      Variant variant,
      String source,
      int classes,
      List<String> notes) {
    if (config.flatMap(Config::preprocessing).isPresent()) {
      return config.flatMap(Config::preprocessing);
    }
    boolean published = classes == 0 || classes == IMAGENET_CLASSES;
    Optional<Preprocessing> usual =
        published && config.isEmpty()
            ? UsualPreprocessing.of(family, variant, source)
            : Optional.empty();
    notes.add(
        usual.isPresent()
            ? "images are prepared as for the weights of %s that are published; if these were trained otherwise, say how in a card"
                .formatted(family.text())
            : "nothing says how images are prepared for it; say it in a card");
    return usual;
  }

  private static Optional<Labels> labels(Optional<Config> config, int classes) {
    return classes == 0 ? Optional.empty() : config.flatMap(Config::labels);
  }
}
