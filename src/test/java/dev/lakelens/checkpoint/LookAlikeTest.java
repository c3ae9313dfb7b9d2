package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.weights.WeightFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookAlikeTest {
  @TempDir private Path empty;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "timm mobilenetv2_100; is a MobileNetV2, not an EfficientNet: the kernels of",
        "torchvision mobilenet_v2; is a MobileNetV2, not an EfficientNet: it has features.1.conv",
        "transformers mobilenet_v2; is a MobileNetV2, not an EfficientNet: it has",
        "timm mobilenetv3_large_100; is a MobileNetV3 or one of its relatives, not an",
        "timm mobilenetv3_small_100; is a MobileNetV3 or one of its relatives, not an",
        "timm lcnet_050; is a MobileNetV3 or one of its relatives, not an",
        "torchvision mobilenet_v3_large; is a MobileNetV3, not an EfficientNet: it has",
        "torchvision mobilenet_v3_small; is a MobileNetV3, not an EfficientNet: it has",
        "timm mnasnet_100; is a MnasNet, not an EfficientNet: its second and third",
        "torchvision mnasnet1_0; is a MnasNet, not an EfficientNet: it has",
        "timm semnasnet_100; is a SemNASNet, the MnasNet with squeeze-and-excitation, not an",
        "timm spnasnet_100; is an SPNASNet, not an EfficientNet: its second stage",
        "timm efficientnet_es; is an EfficientNet-EdgeTPU, not an EfficientNet of the paper:",
        "timm efficientnet_em; is an EfficientNet-EdgeTPU, not an EfficientNet of the paper:",
        "timm efficientnet_el; is an EfficientNet-EdgeTPU, not an EfficientNet of the paper:",
        "timm tf_efficientnetv2_b0; is an EfficientNetV2, not an EfficientNet:",
        "timm tf_efficientnetv2_b3; is an EfficientNetV2, not an EfficientNet:",
        "timm tf_efficientnetv2_s; is an EfficientNetV2, not an EfficientNet:",
        "timm efficientnetv2_rw_t; is an EfficientNetV2, not an EfficientNet:",
        "torchvision efficientnet_v2_s; is an EfficientNetV2, not an EfficientNet:",
        "torchvision efficientnet_v2_l; is an EfficientNetV2, not an EfficientNet:",
        "timm mixnet_s; is a MixNet, not an EfficientNet:",
        "timm mixnet_xl; is a MixNet, not an EfficientNet:",
        "timm tf_mixnet_l; is a MixNet, not an EfficientNet:",
        "timm efficientnet_b1_pruned; is a pruned EfficientNet: it has the layers of b1, and",
        "timm efficientnet_b2_pruned; is a pruned EfficientNet: it has the layers of b2, and",
        "timm efficientnet_b3_pruned; is a pruned EfficientNet: it has the layers of b3, and",
        "timm tf_efficientnet_cc_b0_4e; is an EfficientNet with CondConv, not a plain",
        "timm tf_efficientnet_cc_b1_8e; is an EfficientNet with CondConv, not a plain",
        "timm test_efficientnet; is timm's test_efficientnet, which is for tests only:",
        "timm tinynet_a; a first convolution of 32 channels, 19 blocks, 320 channels before",
        "timm fbnetc_100; no EfficientNet of B0 to B8, L2 and Lite0 to Lite4 is made so",
        "timm efficientnet_b0_gn; is like an EfficientNet b0, but not one:",
        "timm resnet18; holds no EfficientNet: it has no tensor called conv_stem.weight, features",
        "torchvision densenet121; holds no EfficientNet: it has no tensor called conv_stem.weight",
      })
  void refusesLookAlikesByName(String network, String sentence) {
    assertThatThrownBy(() -> Checkpoints.recognise(StateDicts.zeros(network), empty))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("weights.pth ")
        .hasMessageContaining(sentence);
  }

  /** Channels of B0's second and third stage: 4 and 3, and 6 and 3.5 times what enters them. */
  @ParameterizedTest
  @CsvSource({"64, 72", "96, 84"})
  void callsNoOtherExpansionsByAName(int second, int third) {
    WeightFile file =
        MakersFiles.with(
            StateDicts.zeros("timm tf_efficientnet_b0"),
            Map.of(
                "blocks.1.0.conv_pw.weight", Tensor.zeros(List.of(second, 16, 1, 1)),
                "blocks.2.0.conv_pw.weight", Tensor.zeros(List.of(third, 24, 1, 1))));

    assertThatThrownBy(() -> Checkpoints.recognise(file, empty))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("weights.pth is like an EfficientNet b0, but not one: ");
  }
}
