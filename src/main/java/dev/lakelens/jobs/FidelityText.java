package dev.lakelens.jobs;

import dev.lakelens.model.Counted;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.quantize.Fidelity;
import dev.lakelens.quantize.Quantization;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What an int8 model has become, for people and for its card. */
record FidelityText(ModelCard card, Quantization.Quantized quantized, Fidelity fidelity) {

  String report() {
    StringBuilder report = new StringBuilder();
    report.append(
        "%s in int8, calibrated on %s, against 32-bit floats on %s%n%n"
            .formatted(card.name(), Counted.of(quantized.photos(), "photo"), others()));
    if (card.head() != Head.NONE) {
      line(report, agreementOf(), agreement());
    }
    line(report, "embedding cosine", cosine());
    line(report, "same 10 neighbours", neighbours());
    line(report, "skipped", skipped());
    return report.append(System.lineSeparator()).toString();
  }

  /** For the card: figures by what was measured. */
  Map<String, String> measured() {
    Map<String, String> measured = new TreeMap<>();
    measured.put("precision", "int8, calibrated on " + Counted.of(quantized.photos(), "photo"));
    String against = ", int8 against 32-bit floats on " + others();
    if (card.head() != Head.NONE) {
      measured.put(agreementOf() + against, agreement());
    }
    measured.put("embedding cosine" + against, cosine());
    measured.put("same 10 neighbours" + against, neighbours());
    return measured;
  }

  private String others() {
    return Counted.of(fidelity.photos(), "other photo");
  }

  private static String agreementOf() {
    return "top-1 agreement";
  }

  private String agreement() {
    return new Share(fidelity.agreement()).toString();
  }

  private String cosine() {
    return String.format(
        Locale.ROOT,
        "%.4f on average, %.4f at the 5th percentile",
        fidelity.cosine(),
        fidelity.lowCosine());
  }

  private String neighbours() {
    return new Share(fidelity.neighbours()).toString();
  }

  private String skipped() {
    int files = quantized.skipped() + fidelity.skipped();
    return files == 0 ? "no file" : Counted.of(files, "file") + " that cannot be decoded as images";
  }

  private static void line(StringBuilder report, String what, String figure) {
    report.append("%-20s %s%n".formatted(what, figure));
  }
}
