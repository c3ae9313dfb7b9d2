package dev.lakelens.checkpoint;

import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.network.Architecture;
import dev.lakelens.network.Tensors;
import dev.lakelens.weights.WeightFile;
import dev.lakelens.weights.WeightFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Recognises EfficientNets in weight files. */
public final class Checkpoints {
  private Checkpoints() {}

  /**
   * Reads a weight file of any format and finds out what it holds; nothing is guessed.
   *
   * @param file in whose folder the model's config.json may be
   * @throws ModelException where the file cannot be read, is no EfficientNet, has a tensor too
   *     many, too few or of another shape, where nothing tells its family, or where two things that
   *     tell it contradict each other
   */
  public static Checkpoint read(Path file) {
    return recognise(WeightFiles.read(file), folder(file));
  }

  /** As {@link #read(Path)}, of a file whose family the user says. */
  public static Checkpoint read(Path file, Family flag) {
    return recognise(WeightFiles.read(file), folder(file), FamilyClaim.ofFlag(flag));
  }

  /**
   * As {@link #read(Path)}, of a file whose family something else says.
   *
   * @param who says it, as a sentence begins, such as the path of a card
   */
  public static Checkpoint read(Path file, Family family, String who) {
    return recognise(WeightFiles.read(file), folder(file), new FamilyClaim(family, who));
  }

  /**
   * Finds out what a weight file holds; nothing is guessed.
   *
   * @param folder that may hold the model's config.json, and transformers' preprocessor_config.json
   * @param said its family; nothing, or one
   * @throws ModelException where it is no EfficientNet, has a tensor too many, too few or of
   *     another shape, where nothing tells its family, or where two things that tell it contradict
   *     each other
   */
  static Checkpoint recognise(WeightFile weights, Path folder, FamilyClaim... said) {
    WeightFile file = KerasOrder.named(weights);
    boolean keras = KerasLayout.isOf(file);
    Optional<KerasNormalization> normalization =
        keras ? KerasNormalization.of(file) : Optional.empty();
    Subtree part = Subtree.of(keras ? KerasLayout.toPyTorch(file) : file);
    LookAlike.refuse(part);
    Architecture architecture = Anatomy.recognise(part);
    Tensors tensors = CanonicalTensors.of(part, architecture);
    Optional<Config> config = Config.in(folder);
    List<FamilyClaim> claims = new ArrayList<>(List.of(said));
    config.ifPresent(found -> claims.add(new FamilyClaim(found.family(), Config.FILE)));
    FamilyChoice choice = FamilyChoice.of(part, architecture.variant(), claims);
    config.ifPresent(
        found -> found.requireAgreement(file.source(), architecture.variant(), tensors.classes()));
    return new Findings(part, architecture, tensors, config, choice, normalization).checkpoint();
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  /** All that is known of a file, without a contradiction. */
  private record Findings(
      Subtree part,
      Architecture architecture,
      Tensors tensors,
      Optional<Config> config,
      FamilyChoice choice,
      Optional<KerasNormalization> normalization) {

    Checkpoint checkpoint() {
      Optional<Preprocessing> said = config.flatMap(Config::preprocessing);
      Optional<Preprocessing> usual = usual();
      return new Checkpoint(
          part.source(),
          architecture.variant(),
          choice.family(),
          choice.family().padding(),
          epsilon(),
          tensors,
          tensors.classes(),
          said.or(() -> usual),
          tensors.classes() == 0 ? Optional.empty() : config.flatMap(Config::labels),
          notFinite(),
          evidence(),
          preparation(said.isPresent(), usual.isPresent()),
          notes());
    }

    private List<String> notFinite() {
      return part.tensors().entrySet().stream()
          .filter(entry -> !entry.getValue().isFinite())
          .map(entry -> part.prefix() + entry.getKey())
          .toList();
    }

    private double epsilon() {
      return config
          .map(Config::epsilon)
          .orElse(OptionalDouble.empty())
          .orElse(choice.family().epsilon(architecture.variant()));
    }

    /** Of published weights only: of other classes nobody knows how they were trained. */
    private Optional<Preprocessing> usual() {
      boolean published = tensors.classes() == 0 || tensors.classes() == Labels.IMAGENET_CLASSES;
      return published && config.isEmpty()
          ? UsualPreprocessing.of(choice.family(), architecture.variant(), part.source())
          : Optional.empty();
    }

    private List<String> evidence() {
      String where = part.prefix().isEmpty() ? "it" : "what is under " + part.prefix();
      return List.of(
          "%s has a tensor %s".formatted(where, part.naming().stem()),
          "%s has %s".formatted(where, Anatomy.of(architecture).text()),
          "its family is %s: %s".formatted(choice.family().text(), choice.evidence()));
    }

    private List<String> preparation(boolean said, boolean usual) {
      List<String> preparation = new ArrayList<>();
      if (usual) {
        preparation.add(
            ("images are prepared as for the weights of %s that are published; if "
                    + "these were trained otherwise, say how in a card")
                .formatted(choice.family().text()));
      } else if (!said) {
        preparation.add("nothing says how images are prepared for it; say it in a card");
      }
      config.map(Config::notes).ifPresent(preparation::addAll);
      normalization.map(KerasNormalization::note).ifPresent(preparation::add);
      return preparation;
    }

    private List<String> notes() {
      return part.beside().isEmpty()
          ? List.of()
          : List.of(
              "what is outside %s is left aside: %d in all, such as %s"
                  .formatted(part.prefix(), part.beside().size(), part.beside().get(0)));
    }
  }
}
