package dev.lakelens.checkpoint;

import dev.lakelens.network.Variant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names say that checkpoints are published under. */
final class FileName {
  private static final String VARIANT = "(?<variant>b[0-8]|l2|lite[0-4])(?![a-z0-9])";

  private static final Pattern TIMM_TF = Pattern.compile("tf_efficientnet_" + VARIANT);

  private static final String NATIVE = "(?<![a-z]_|[a-z])efficientnet_" + VARIANT;

  /** timm's name of a training of its own, with the training's tag or a digest. */
  private static final Pattern TIMM =
      Pattern.compile(NATIVE + "([._](ra[0-9]?|ft|sw)[._-]|-[0-9a-f]{8})");

  /** timm's name of an architecture with padding of its own, and an ending. */
  private static final Pattern TIMM_ARCHITECTURE =
      Pattern.compile(NATIVE + "\\.(safetensors|pth|pt|bin)$");

  private static final Pattern ADVERSARIAL =
      Pattern.compile("(_ap[._-]|\\.ap_in1k|^adv-efficientnet|advprop)");

  private FileName() {}

  /** timm's family, where the name is one of timm's for this variant. */
  static Optional<Family> family(String source, Variant variant) {
    String name = last(source);
    if (matches(TIMM_TF, name, variant)) {
      return Optional.of(Family.TIMM_TF);
    }
    boolean timm = published(source, variant) || matches(TIMM_ARCHITECTURE, name, variant);
    return timm ? Optional.of(Family.TIMM) : Optional.empty();
  }

  /** Whether the name says which of timm's own trainings the weights are of. */
  static boolean published(String source, Variant variant) {
    return matches(TIMM, last(source), variant);
  }

  /** Whether the weights are of AdvProp, which has its own normalisation. */
  static boolean adversarial(String source) {
    return ADVERSARIAL.matcher(last(source)).find();
  }

  /** Whether a digest or a training's tag is in the name. */
  static boolean contains(String source, String tag) {
    return last(source).contains(tag);
  }

  private static boolean matches(Pattern pattern, String name, Variant variant) {
    Matcher matcher = pattern.matcher(name);
    return matcher.find() && matcher.group("variant").equals(variant.text());
  }

  private static String last(String source) {
    return source.substring(source.lastIndexOf('/') + 1);
  }
}
