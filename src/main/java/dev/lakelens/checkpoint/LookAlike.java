package dev.lakelens.checkpoint;

import dev.lakelens.model.ModelException;
import dev.lakelens.weights.WeightFile;
import java.util.function.Predicate;

/** Networks that share names with EfficientNet, and what tells them apart. */
@SuppressWarnings("ImmutableEnumChecker") // its rules are functions without state
enum LookAlike {
  MOBILENET_V3(
      "a MobileNetV3 or one of its relatives, not an EfficientNet",
      "its last convolution has a bias, conv_head.bias",
      timm(part -> part.has("conv_head.bias"))),
  MIXNET(
      "a MixNet, not an EfficientNet",
      "it mixes kernels of several sizes in one layer, such as conv_dw.0",
      timm(part -> any(part, ".conv_dw.0.weight"))),
  COND_CONV(
      "an EfficientNet with CondConv, not a plain EfficientNet",
      "it mixes its kernels for each image, by routing_fn",
      timm(part -> any(part, ".routing_fn.weight"))),
  EDGE_TPU(
      "an EfficientNet-EdgeTPU, not an EfficientNet of the paper",
      "its first block expands, by conv_exp",
      timm(part -> part.has("blocks.0.0.conv_exp.weight"))),
  TEST_EFFICIENTNET(
      "timm's test_efficientnet, which is for tests only",
      "its first block is one convolution, and it has five stages",
      timm(part -> part.has("blocks.0.0.conv.weight") && !stage(part, 5))),
  EFFICIENTNET_V2(
      "an EfficientNetV2, not an EfficientNet",
      "its first block is one convolution, blocks.0.0.conv",
      timm(part -> part.has("blocks.0.0.conv.weight") && stage(part, 5))),
  TIMM_MOBILENET_V2(
      "a MobileNetV2, not an EfficientNet",
      "the kernels of blocks.2.0.conv_dw are 3x3, not 5x5",
      timm(part -> part.size("blocks.2.0.conv_dw.weight", 3) == 3)),
  MNASNET(
      "a MnasNet, not an EfficientNet",
      "its second and third stage expand three times, not six times",
      timm(part -> expansion(part, 1) == 3 && expansion(part, 2) == 3)),
  SPNASNET(
      "an SPNASNet, not an EfficientNet",
      "its second stage expands three times, not six times",
      timm(part -> expansion(part, 1) == 3 && expansion(part, 2) == 6)),
  SEMNASNET(
      "a SemNASNet, the MnasNet with squeeze-and-excitation, not an EfficientNet",
      "its third stage expands three times, not six times",
      timm(part -> expansion(part, 1) == 6 && expansion(part, 2) == 3)),
  TORCHVISION_MOBILENET_V2(
      "a MobileNetV2, not an EfficientNet",
      "it has features.1.conv",
      torchvision(part -> starts(part, "features.1.conv."))),
  TORCHVISION_MOBILENET_V3(
      "a MobileNetV3, not an EfficientNet",
      "it has features.1.block, without a number between",
      torchvision(part -> starts(part, "features.1.block."))),
  TORCHVISION_EFFICIENTNET_V2(
      "an EfficientNetV2, not an EfficientNet",
      "its first block, features.1.0.block.0.0, is no depthwise convolution",
      torchvision(part -> part.size("features.1.0.block.0.0.weight", 1) > 1)),
  KERAS_EFFICIENTNET_V2(
      "an EfficientNetV2, not an EfficientNet",
      "its first block, block1a, has no depthwise convolution",
      part ->
          part.naming() == Naming.KERAS
              && part.has("block1a_project_conv.weight")
              && !part.has("block1a_dwconv.weight"));

  private final String called;
  private final String evidence;
  private final Predicate<Subtree> rule;

  LookAlike(String called, String evidence, Predicate<Subtree> rule) {
    this.called = called;
    this.evidence = evidence;
    this.rule = rule;
  }

  /**
   * @throws ModelException where a network is one of these
   */
  static void refuse(Subtree part) {
    for (LookAlike network : values()) {
      if (network.rule.test(part)) {
        throw refusal(part.source(), network.called, network.evidence);
      }
    }
  }

  /**
   * @throws ModelException where a file without any of EfficientNet's stems is a known network
   */
  static void refuseByNames(WeightFile file) {
    refuseByName(file, "mobilenet_v2.conv_stem.", "a MobileNetV2, not an EfficientNet");
    refuseByName(file, "layers.8.0.layers.0.", "a MnasNet, not an EfficientNet");
  }

  private static void refuseByName(WeightFile file, String name, String called) {
    if (file.tensors().keySet().stream().anyMatch(tensor -> tensor.contains(name))) {
      throw refusal(file.source(), called, "it has tensors called " + name + "*");
    }
  }

  private static ModelException refusal(String source, String called, String evidence) {
    return new ModelException(
        "%s is %s: %s; Lakelens runs B0 to B8, L2 and Lite0 to Lite4 of EfficientNet"
            .formatted(source, called, evidence));
  }

  private static Predicate<Subtree> timm(Predicate<Subtree> rule) {
    return rule.and(part -> part.naming() == Naming.TIMM);
  }

  private static Predicate<Subtree> torchvision(Predicate<Subtree> rule) {
    return rule.and(part -> part.naming() == Naming.TORCHVISION);
  }

  private static boolean any(Subtree part, String end) {
    return part.tensors().keySet().stream().anyMatch(name -> name.endsWith(end));
  }

  private static boolean starts(Subtree part, String start) {
    return part.tensors().keySet().stream().anyMatch(name -> name.startsWith(start));
  }

  private static boolean stage(Subtree part, int stage) {
    return starts(part, "blocks." + stage + ".");
  }

  /**
   * How many times a stage's first block widens what enters it, 0 where that is no whole number.
   */
  private static int expansion(Subtree part, int stage) {
    String expand = "blocks." + stage + ".0.conv_pw.weight";
    int out = part.size(expand, 0);
    int in = part.size(expand, 1);
    return in > 0 && out % in == 0 ? out / in : 0;
  }
}
