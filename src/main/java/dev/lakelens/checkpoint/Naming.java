package dev.lakelens.checkpoint;

import dev.lakelens.network.Architecture;
import dev.lakelens.network.BatchNorm;
import dev.lakelens.network.MBConv;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a maker calls the layers of an EfficientNet; {@link #TIMM} is canonical. */
@SuppressWarnings("ImmutableEnumChecker") // its lists and functions are immutable
enum Naming {
  TIMM(
      new Ends("conv_stem", "bn1", "conv_head", "bn2", "classifier"),
      (block, n) -> "blocks." + block.stage() + "." + block.index() + ".",
      "conv_pw bn1 conv_dw bn2 se.conv_reduce se.conv_expand conv_pwl bn3",
      "conv_dw bn1 se.conv_reduce se.conv_expand conv_pw bn2"),
  TORCHVISION(
      new Ends("features.0.0", "features.0.1", "features.8.0", "features.8.1", "classifier.1"),
      (block, n) -> "features." + (block.stage() + 1) + "." + block.index() + ".block.",
      "0.0 0.1 1.0 1.1 2.fc1 2.fc2 3.0 3.1",
      "0.0 0.1 1.fc1 1.fc2 2.0 2.1"),
  EFFICIENTNET_PYTORCH(
      new Ends("_conv_stem", "_bn0", "_conv_head", "_bn1", "_fc"),
      (block, n) -> "_blocks." + n + ".",
      "_expand_conv _bn0 _depthwise_conv _bn1 _se_reduce _se_expand _project_conv _bn2",
      "_depthwise_conv _bn1 _se_reduce _se_expand _project_conv _bn2"),
  RANGILYU(
      new Ends("stem.0", "stem.1", "head.0", "head.1", "fc"),
      (block, n) -> "blocks." + block.stage() + "." + block.index() + ".",
      "_expand_conv _bn0 _depthwise_conv _bn1 _se_reduce _se_expand _project_conv _bn2",
      "_depthwise_conv _bn1 _se_reduce _se_expand _project_conv _bn2"),
  /** A classifier of transformers, around its model. */
  TRANSFORMERS(
      new Ends(
          "efficientnet.embeddings.convolution",
          "efficientnet.embeddings.batchnorm",
          "efficientnet.encoder.top_conv",
          "efficientnet.encoder.top_bn",
          "classifier"),
      (block, n) -> "efficientnet.encoder.blocks." + n + ".",
      Parts.TRANSFORMERS_EXPANSION + Parts.TRANSFORMERS,
      Parts.TRANSFORMERS),
  /** A model of transformers without a classifier around it. */
  TRANSFORMERS_MODEL(
      new Ends(
          "embeddings.convolution",
          "embeddings.batchnorm",
          "encoder.top_conv",
          "encoder.top_bn",
          "classifier"),
      (block, n) -> "encoder.blocks." + n + ".",
      Parts.TRANSFORMERS_EXPANSION + Parts.TRANSFORMERS,
      Parts.TRANSFORMERS),
  /** Keras's layers with PyTorch's names of weights: {@link KerasLayout} makes them. */
  KERAS(
      new Ends("stem_conv", "stem_bn", "top_conv", "top_bn", "predictions"),
      (block, n) -> "block" + (block.stage() + 1) + (char) ('a' + block.index()) + "_",
      "expand_conv expand_bn dwconv bn se_reduce se_expand project_conv project_bn",
      "dwconv bn se_reduce se_expand project_conv project_bn");

  private static final List<String> CONVOLUTION = List.of(".weight");
  private static final List<String> DENSE = List.of(".weight", ".bias");

  /** Layers before and after the blocks, and the norms behind them. */
  private record Ends(
      String stem, String stemNorm, String head, String headNorm, String classifier) {}

  /** The prefix of a block's layers; {@code n} counts all blocks from 0. */
  private interface BlockPrefix {
    String of(MBConv block, int n);
  }

  private static final class Parts {
    static final String TRANSFORMERS_EXPANSION = "expansion.expand_conv expansion.expand_bn ";
    static final String TRANSFORMERS =
        "depthwise_conv.depthwise_conv depthwise_conv.depthwise_norm squeeze_excite.reduce "
            + "squeeze_excite.expand projection.project_conv projection.project_bn";
  }

  private final Ends ends;
  private final BlockPrefix prefix;
  private final List<String> expanding;
  private final List<String> plain;

  /**
   * @param expanding layers of a block, in order: expand, its norm, depthwise, its norm, reduce,
   *     excite, project, its norm
   * @param plain the same of a block that does not expand
   */
  Naming(Ends ends, BlockPrefix prefix, String expanding, String plain) {
    this.ends = ends;
    this.prefix = prefix;
    this.expanding = List.of(expanding.split(" ", -1));
    this.plain = List.of(plain.split(" ", -1));
  }

  /** Name of the first convolution's weight. */
  String stem() {
    return ends.stem + ".weight";
  }

  /** Name of the last convolution's weight. */
  String head() {
    return ends.head + ".weight";
  }

  /** Canonical names by the maker's. */
  Map<String, String> canonicalNames(Architecture architecture) {
    List<String> makers = names(architecture);
    List<String> canonical = TIMM.names(architecture);
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < makers.size(); i++) {
      map.put(makers.get(i), canonical.get(i));
    }
    return map;
  }

  /** All tensors from the stem to the classifier, in the order of every naming. */
  private List<String> names(Architecture architecture) {
    List<String> names = new ArrayList<>();
    add(names, ends.stem, CONVOLUTION);
    add(names, ends.stemNorm, BatchNorm.PARTS);
    List<MBConv> blocks = architecture.blocks();
    for (int n = 0; n < blocks.size(); n++) {
      addBlock(names, blocks.get(n), prefix.of(blocks.get(n), n));
    }
    add(names, ends.head, CONVOLUTION);
    add(names, ends.headNorm, BatchNorm.PARTS);
    add(names, ends.classifier, DENSE);
    return names;
  }

  private void addBlock(List<String> names, MBConv block, String prefix) {
    List<String> parts = block.expands() ? expanding : plain;
    int squeeze = parts.size() - 4;
    for (int i = 0; i < parts.size(); i++) {
      boolean inSqueeze = i == squeeze || i == squeeze + 1;
      if (!inSqueeze) {
        add(names, prefix + parts.get(i), i % 2 == 0 ? CONVOLUTION : BatchNorm.PARTS);
      } else if (block.squeezes()) {
        add(names, prefix + parts.get(i), DENSE);
      }
    }
  }

  private static void add(List<String> names, String layer, List<String> weights) {
    weights.forEach(weight -> names.add(layer + weight));
  }
}
