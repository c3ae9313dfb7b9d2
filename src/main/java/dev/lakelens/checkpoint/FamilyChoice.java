package dev.lakelens.checkpoint;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Variant;
import java.util.List;

/**
 * The family of a network and what says so.
 *
 * @param evidence a clause for people
 */
record FamilyChoice(Family family, String evidence) {

  /**
   * Decides by the names of tensors and, where two families have the same, by what is claimed, by
   * config.json, or by the file's name, in this order.
   *
   * @param claims at most one from outside the file's folder, and behind it that of config.json
   * @throws ModelException where nothing decides, or two of these contradict each other
   */
  static FamilyChoice of(Subtree part, Variant variant, List<FamilyClaim> claims) {
    List<Family> possible = families(part.naming(), variant);
    claims.forEach(said -> requirePossible(part, possible, said));
    if (claims.size() > 1) {
      requireAgreement(part, claims.get(0), claims.get(1));
    }
    if (possible.size() == 1) {
      return named(part, variant, possible.get(0));
    }
    return claims.stream()
        .findFirst()
        .map(said -> new FamilyChoice(said.family(), said.who() + " says so"))
        .or(() -> FileName.family(part.source(), variant).map(FamilyChoice::byFileName))
        .orElseThrow(() -> undecided(part, variant));
  }

  private static FamilyChoice named(Subtree part, Variant variant, Family family) {
    if (!family.variants().contains(variant)) {
      throw new ModelException(
          ("%s has the tensors of EfficientNet %s and the names of %s, which has "
                  + "no %s: its padding is not known")
              .formatted(part.source(), variant.text(), family.text(), variant.text()));
    }
    return new FamilyChoice(family, "the names of its tensors say so");
  }

  private static FamilyChoice byFileName(Family family) {
    return new FamilyChoice(family, "the file's name says so");
  }

  private static List<Family> families(Naming naming, Variant variant) {
    return switch (naming) {
      case TIMM -> List.of(Family.TIMM_TF, Family.TIMM);
      case TORCHVISION -> List.of(Family.TORCHVISION);
      case EFFICIENTNET_PYTORCH ->
          List.of(variant.lite() ? Family.EFFICIENTNET_LITE_PYTORCH : Family.EFFICIENTNET_PYTORCH);
      case RANGILYU -> List.of(Family.RANGILYU);
      case TRANSFORMERS, TRANSFORMERS_MODEL -> List.of(Family.TRANSFORMERS);
      case KERAS -> List.of(Family.KERAS);
    };
  }

  private static void requirePossible(Subtree part, List<Family> possible, FamilyClaim said) {
    if (!possible.contains(said.family())) {
      throw new ModelException(
          "%s says that %s is of the family %s, and the names of its tensors are those of %s"
              .formatted(
                  said.who(),
                  part.source(),
                  said.family().text(),
                  String.join(" or ", possible.stream().map(Family::text).toList())));
    }
  }

  private static void requireAgreement(Subtree part, FamilyClaim one, FamilyClaim other) {
    if (one.family() != other.family()) {
      throw new ModelException(
          "%s says that %s is of the family %s, and %s beside it says %s; correct the one that is wrong, or move %s away"
              .formatted(
                  one.who(),
                  part.source(),
                  one.family().text(),
                  other.who(),
                  other.family().text(),
                  other.who()));
    }
  }

  private static ModelException undecided(Subtree part, Variant variant) {
    return new ModelException(
        ("%s is an EfficientNet %s with timm's names, and nothing says whether it "
                + "is timm's port of TensorFlow's (tf_efficientnet_%s) or timm's own "
                + "(efficientnet_%s): both have the same tensors and other padding; say "
                + "--family timm-tf or --family timm, or put the model's %s beside it")
            .formatted(part.source(), variant.text(), variant.text(), variant.text(), Config.FILE));
  }
}
