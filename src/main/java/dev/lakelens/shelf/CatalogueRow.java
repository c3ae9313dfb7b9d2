package dev.lakelens.shelf;

import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.Padding;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint's fields in the catalogue's JSON. All are trained on ImageNet-1k's 1000 classes, and
 * on values divided by 255 before mean and std.
 *
 * @param tag of the training, in names of timm
 * @param digest first hex digits; empty where nothing is published
 * @param source who publishes the figures; empty where nobody does
 * @param top1 percent on ImageNet's validation set
 * @param top5 percent on ImageNet's validation set
 */
record CatalogueRow(
    String name,
    String architecture,
    String family,
    String url,
    Padding padding,
    double epsilon,
    int inputSize,
    Resize resize,
    int resizeTo,
    Interpolation interpolation,
    List<Double> mean,
    List<Double> std,
    String licence,
    String tag,
    Pin.Algorithm digestAlgorithm,
    String digest,
    String source,
    BigDecimal top1,
    BigDecimal top5) {

  CatalogueEntry entry(long parameters) {
    URI file = URI.create(filled(url));
    Pin pin = new Pin(digestAlgorithm, digest);
    return new CatalogueEntry(card(file, pin), file, pin, parameters);
  }

  private ModelCard card(URI file, Pin pin) {
    String path = file.getPath();
    String sha256 = pin.whole() && digestAlgorithm == Pin.Algorithm.SHA256 ? digest : "";
    return new ModelCard(
        filled(name),
        new ModelCard.Variant(architecture, padding, epsilon),
        new Preprocessing(inputSize, resize, resizeTo, interpolation, Range.UNIT, mean, std),
        Head.SOFTMAX,
        PublicLabels.FILE,
        new ModelCard.Weights(
            path.substring(path.lastIndexOf('/') + 1), family, file.toString(), sha256, licence),
        accuracy());
  }

  private Map<String, String> accuracy() {
    if (source.isEmpty()) {
      return Map.of();
    }
    String where = ", ImageNet validation set, " + source;
    return Map.of("top-1" + where, top1 + " %", "top-5" + where, top5 + " %");
  }

  private String filled(String template) {
    return template
        .replace("{name}", name)
        .replace("{architecture}", architecture)
        .replace("{tag}", tag)
        .replace("{digest}", digest);
  }
}
