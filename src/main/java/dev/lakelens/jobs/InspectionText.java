package dev.lakelens.jobs;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.model.CardJson;
import dev.lakelens.model.Counted;
import dev.lakelens.model.ModelCard;
import dev.lakelens.models.ModelInspection;
import dev.lakelens.onnx.OnnxInspection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is known of a model, for people. */
final class InspectionText {
  private final StringBuilder text = new StringBuilder();

  InspectionText(ModelInspection inspection) {
    inspection.card().ifPresent(this::card);
    inspection.checkpoint().ifPresent(found -> checkpoint(found, inspection.card().isPresent()));
    inspection.onnx().ifPresent(found -> onnx(inspection.weights(), found));
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private void card(ModelCard card) {
    Map<String, Object> facts = CardJson.toMap(card);
    line(
        "%s, by its card: architecture %s, family %s, head %s",
        card.name(), card.architecture().name(), card.weights().family(), facts.get("head"));
    line("  preprocessing: %s", pairs(facts.get("preprocessing")));
    if (!card.labels().isEmpty()) {
      line("  labels: %s", card.labels());
    }
    line("  weights: %s", pairs(facts.get("weights")));
    card.accuracy().forEach((what, figure) -> line("  %s: %s", what, figure));
  }

  /** The keys and values of a part of a card, as it has them. */
  private static String pairs(Object part) {
    return part instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(""))
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "))
        : String.valueOf(part);
  }

  private void checkpoint(Checkpoint checkpoint, boolean prepared) {
    text.append(checkpoint.description(prepared));
    line("  %s", Counted.of(checkpoint.tensors().byName().size(), "tensor"));
  }

  private void onnx(String file, OnnxInspection found) {
    String producer = found.producer().isEmpty() ? "an unknown program" : found.producer();
    line("%s: ONNX, opset %d, by %s", file, found.opset(), producer);
    line(
        "  input %s: %s, %s, batch %s, size %s",
        found.input(),
        CardJson.text(found.element()),
        found.layout(),
        anyOr(found.batch()),
        anyOr(found.inputSize()));
    line(
        "  output %s: %s, embedding of %d, %s",
        CardJson.text(found.output()),
        Counted.classes(found.classes()),
        found.embeddingSize(),
        found.precision().text());
    found.notes().forEach(note -> line("  note: %s", note));
    line("  sha256 %s", found.sha256());
  }

  private static String anyOr(int fixed) {
    return fixed == 0 ? "any" : String.valueOf(fixed);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format + "%n", values));
  }
}
