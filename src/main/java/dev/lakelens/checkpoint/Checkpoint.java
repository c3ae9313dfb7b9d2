package dev.lakelens.checkpoint;

import dev.lakelens.model.Counted;
import dev.lakelens.model.Labels;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.network.Faults;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A weight file that was recognised.
 *
 * @param source name of the file
 * @param padding of strided convolutions
 * @param epsilon of batch normalisation
 * @param tensors all that the variant has, by their canonical names
 * @param classes rows of the classifier, 0 without one
 * @param preprocessing how images are prepared; empty where nothing says it
 * @param labels names of the classes; empty where nothing says them
 * @param notFinite tensors with NaN or infinite values, by the maker's names: with any, it does not
 *     run
 * @param evidence what it was recognised by, a sentence each
 * @param preparation what a user should know where no card says how images are prepared, a sentence
 *     each
 * @param notes what else a user should know before trusting it, a sentence each
 */
public record Checkpoint(
    String source,
    Variant variant,
    Family family,
    Padding padding,
    double epsilon,
    Tensors tensors,
    int classes,
    Optional<Preprocessing> preprocessing,
    Optional<Labels> labels,
    List<String> notFinite,
    List<String> evidence,
    List<String> preparation,
    List<String> notes) {
  public Checkpoint {
    notFinite = List.copyOf(notFinite);
    evidence = List.copyOf(evidence);
    preparation = List.copyOf(preparation);
    notes = List.copyOf(notes);
  }

  /**
   * For people: what it is, by what evidence, and the notes, a line each.
   *
   * @param prepared whether a card says how images are prepared, so that the notes on it do not
   *     matter
   */
  public String description(boolean prepared) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: EfficientNet %s of the family %s, %s\n"
            .formatted(source, variant.text(), family.text(), head()));
    evidence.forEach(sentence -> text.append("  because ").append(sentence).append('\n'));
    Stream.concat(prepared ? Stream.empty() : preparation.stream(), notes.stream())
        .forEach(sentence -> text.append("  note: ").append(sentence).append('\n'));
    if (!notFinite.isEmpty()) {
      text.append("  NOT usable: ").append(diverged()).append('\n');
    }
    return text.toString();
  }

  /**
   * Refuses weights that are not finite.
   *
   * @return this
   * @throws ModelException where a tensor is not finite, as outputs would then be
   */
  public Checkpoint requireFinite() {
    if (!notFinite.isEmpty()) {
      throw new ModelException("%s is not usable: %s".formatted(source, diverged()));
    }
    return this;
  }

  private String diverged() {
    return "NaN or infinite values are in %s; its training diverged, or the file is damaged: take another checkpoint"
        .formatted(Faults.listing(notFinite));
  }

  private String head() {
    return switch (classes) {
      case 0 -> "no classifier: embeddings only";
      case 1 -> "1 logit";
      default -> Counted.classes(classes);
    };
  }
}
