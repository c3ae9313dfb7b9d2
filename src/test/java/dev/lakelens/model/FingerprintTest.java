package dev.lakelens.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Model MODEL = Samples.model(Samples.CARD);

  /** The digest is hashlib's, in Python, of the same text. */
  @Test
  void isTheDigestOfCanonicalJson() {
    assertThat(Fingerprint.canonicalJson(MODEL, "exact", "ignore"))
        .isEqualTo(
            """
            {"architecture":"lite0","decode":"exact","epsilon":"0x1.0624dd2f1a9fcp-10",\
            "exif":"ignore","graph_revision":7,"head":"softmax",\
            "labels":"f10c7bfd3ab2d459e959aaf9985aa567bd081b76c4d0919fd78fcc11aaede84e",\
            "padding":"same","precision":"fp32","preprocessing":{"input_size":224,\
            "interpolation":"bicubic","mean":["0x1.f0a3d70a3d70ap-2","0x1.0p-1","0x1.0p-1"],\
            "range":"unit","resize":"shorter_side","resize_to":256,\
            "std":["0x1.0p-1","0x1.0p-1","0x1.0p-1"]},"tensors":"ab"}""");
    assertThat(Fingerprint.of(MODEL, "exact", "ignore"))
        .isEqualTo("64abb767e6653c7b6ce3aca9dc2ee6ccfd478bf371f41aa73fa238086a001f10");
  }

  @Test
  void changesWithEverythingThatResultsDependOn() {
    Set<String> fingerprints = new HashSet<>();
    fingerprints.add(Fingerprint.of(MODEL, "exact", "ignore"));
    fingerprints.add(Fingerprint.of(MODEL, "exact", "apply"));
    fingerprints.add(Fingerprint.of(MODEL, "fast", "ignore"));
    fingerprints.add(of(Samples.model(Samples.CARD, Samples.LABELS, "ac", 7)));
    fingerprints.add(of(Samples.model(Samples.CARD, Samples.LABELS, "ab", 8)));
    fingerprints.add(of(Samples.model(Samples.CARD, new Labels(List.of("cat", "dog")), "ab", 7)));
    fingerprints.add(
        of(
            new Model(
                Samples.CARD, Samples.LABELS, new byte[0], "ab", Precision.INT8, 7, 2, 1280, 0)));
    Preprocessing pixels = Samples.PREPROCESSING;
    fingerprints.add(of(card(Padding.SYMMETRIC, 1e-3, pixels, Head.SOFTMAX)));
    fingerprints.add(of(card(Padding.SAME, 1e-5, pixels, Head.SOFTMAX)));
    fingerprints.add(of(card(Padding.SAME, 1e-3, pixels, Head.SIGMOID)));
    List<Preprocessing> others =
        List.of(
            pixels(225, Resize.SHORTER_SIDE, 256, Interpolation.BICUBIC, Range.UNIT, 0.485, 0.5),
            pixels(224, Resize.SQUASH, 256, Interpolation.BICUBIC, Range.UNIT, 0.485, 0.5),
            pixels(224, Resize.SHORTER_SIDE, 255, Interpolation.BICUBIC, Range.UNIT, 0.485, 0.5),
            pixels(224, Resize.SHORTER_SIDE, 256, Interpolation.BILINEAR, Range.UNIT, 0.485, 0.5),
            pixels(224, Resize.SHORTER_SIDE, 256, Interpolation.BICUBIC, Range.BYTE, 0.485, 0.5),
            pixels(224, Resize.SHORTER_SIDE, 256, Interpolation.BICUBIC, Range.UNIT, 0.486, 0.5),
            pixels(224, Resize.SHORTER_SIDE, 256, Interpolation.BICUBIC, Range.UNIT, 0.485, 0.6));
    others.forEach(other -> fingerprints.add(of(card(Padding.SAME, 1e-3, other, Head.SOFTMAX))));

    assertThat(fingerprints).hasSize(10 + others.size());
  }

  @Test
  void hasNeitherPaddingNorEpsilonOfAGraph() {
    ModelCard card = Samples.CARD;
    ModelCard graph =
        new ModelCard(
            card.name(),
            new ModelCard.Graph(),
            card.preprocessing(),
            card.head(),
            card.labels(),
            card.weights(),
            card.accuracy());

    assertThat(Fingerprint.canonicalJson(Samples.model(graph), "exact", "ignore"))
        .isEqualTo(
            Fingerprint.canonicalJson(MODEL, "exact", "ignore")
                .replace("lite0", "onnx")
                .replaceAll("\"(padding|epsilon)\":\"[^\"]*\",", ""));
  }

  @Test
  void staysTheSameUnderAnotherNameOriginOrAccuracy() {
    ModelCard card = Samples.CARD;
    ModelCard renamed =
        new ModelCard(
            "other",
            card.architecture(),
            card.preprocessing(),
            card.head(),
            "other.txt",
            new ModelCard.Weights("x", "keras", "y", "z", "MIT"),
            Map.of());

    assertThat(of(Samples.model(renamed))).isEqualTo(of(MODEL));
  }

  @Test
  void isShortenedInTheModelColumn() {
    assertThat(Fingerprint.column("pets", "0123456789abcdef")).isEqualTo("pets@0123456789ab");
  }

  private static String of(Model model) {
    return Fingerprint.of(model, "exact", "ignore");
  }

  private static Model card(
      Padding padding, double epsilon, Preprocessing preprocessing, Head head) {
    return Samples.model(Samples.card("pets", padding, epsilon, preprocessing, head));
  }

  private static Preprocessing pixels(
      int size,
      Resize resize,
      int to,
      Interpolation interpolation,
      Range range,
      double mean,
      double std) {
    return new Preprocessing(
        size, resize, to, interpolation, range, List.of(mean, 0.5, 0.5), List.of(0.5, 0.5, std));
  }
}
