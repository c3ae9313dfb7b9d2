package dev.lakelens.models;

import dev.lakelens.network.Variant;
import dev.lakelens.shelf.Catalogue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variants by the names that people have for them. */
public final class VariantNames {
  /** Architectures of timm, torchvision and Keras, perhaps with the tag of a training. */
  private static final Pattern ARCHITECTURE =
      Pattern.compile(
          "(?:google/)?(?:tf_)?efficientnet[-_]?(b[0-8]|l2|lite[0-4])(?:_(?:aa|ap|ns))?(?:-int8)?(?:\\..+)?");

  private VariantNames() {}

  /**
   * The variant that a name stands for.
   *
   * @param name of a variant, such as {@code b0}; of a model in the jar or in the catalogue; or of
   *     an architecture, such as {@code tf_efficientnet_b0}
   * @throws dev.lakelens.model.ModelException for any other name
   */
  public static Variant variant(String name) {
    Catalogue catalogue = Catalogue.load();
    if (catalogue.knows(name)) {
      return Variant.named(catalogue.named(name).card().architecture().name());
    }
    String folded = name.toLowerCase(Locale.ROOT);
    Matcher architecture = ARCHITECTURE.matcher(folded);
    return Variant.named(architecture.matches() ? architecture.group(1) : folded);
  }
}
