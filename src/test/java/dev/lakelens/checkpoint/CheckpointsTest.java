package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.WeightFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  private static final String TIMM_B0 = "timm tf_efficientnet_b0";
  private static final String TORCHVISION_B0 = "torchvision efficientnet_b0";
  private static final Optional<Family> UNSAID = Optional.empty();

  @TempDir private Path empty;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "timm tf_efficientnet_b0, timm tf_efficientnet_b0, B0, TIMM_TF, SAME, 1e-3",
    "timm tf_efficientnet_b0, timm tf_efficientnet_b0, B0, TIMM, SYMMETRIC, 1e-5",
    "timm tf_efficientnet_b1, timm tf_efficientnet_b1, B1, TIMM_TF, SAME, 1e-3",
    "timm tf_efficientnet_lite0, timm tf_efficientnet_lite0, LITE0, TIMM_TF, SAME, 1e-3",
    "timm tf_efficientnet_b0, torchvision efficientnet_b0, B0, TORCHVISION, SYMMETRIC, 1e-5",
    "timm tf_efficientnet_b1, torchvision efficientnet_b1, B1, TORCHVISION, SYMMETRIC, 1e-5",
    "timm tf_efficientnet_b0, efficientnet_pytorch efficientnet-b0, B0, EFFICIENTNET_PYTORCH, SAME, 1e-3",
    "timm tf_efficientnet_b1, efficientnet_pytorch efficientnet-b1, B1, EFFICIENTNET_PYTORCH, SAME, 1e-3",
    "timm tf_efficientnet_lite0, efficientnet_lite_pytorch efficientnet-lite0, LITE0, EFFICIENTNET_LITE_PYTORCH, SAME, 1e-3",
    "timm tf_efficientnet_b0, transformers b0, B0, TRANSFORMERS, SAME, 1e-3",
    "timm tf_efficientnet_b1, transformers b1, B1, TRANSFORMERS, SAME, 1e-3",
  })
  void givesTheTensorsOfAFamilyTheirCanonicalNames(
      String timm,
      String network,
      Variant variant,
      Family family,
      Padding padding,
      double epsilon) {
    Tensors canonical = MakersFiles.synthetic(variant, 1000);
    Checkpoint checkpoint =
        Checkpoints.recognise(
            StateDicts.renamed(canonical, timm, network), empty, Optional.of(family));

    assertThat(checkpoint.variant()).isEqualTo(variant);
    assertThat(checkpoint.family()).isEqualTo(family);
    assertThat(checkpoint.padding()).isEqualTo(padding);
    assertThat(checkpoint.epsilon()).isEqualTo(epsilon);
    assertThat(checkpoint.classes()).isEqualTo(1000);
    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "timm tf_efficientnet_b5, timm tf_efficientnet_b5, B5, TIMM, SYMMETRIC, 1e-5",
    "timm tf_efficientnet_b5, torchvision efficientnet_b5, B5, TORCHVISION, SYMMETRIC, 1e-3",
    "timm tf_efficientnet_b5, efficientnet_pytorch efficientnet-b5, B5, EFFICIENTNET_PYTORCH, SAME, 1e-3",
    "timm tf_efficientnet_b5, transformers b5, B5, TRANSFORMERS, SAME, 1e-3",
  })
  void givesTheTensorsOfALargerNetworkTheirCanonicalNames(
      String timm,
      String network,
      Variant variant,
      Family family,
      Padding padding,
      double epsilon) {
    givesTheTensorsOfAFamilyTheirCanonicalNames(timm, network, variant, family, padding, epsilon);
  }

  @Test
  void namesTheLayersOfRangiLyu() {
    Tensors canonical = MakersFiles.synthetic(Variant.LITE0, 1000);
    Checkpoint checkpoint = Checkpoints.recognise(MakersFiles.rangilyu(canonical), empty, UNSAID);

    assertThat(checkpoint.family()).isEqualTo(Family.RANGILYU);
    assertThat(checkpoint.padding()).isEqualTo(Padding.SYMMETRIC);
    assertThat(checkpoint.epsilon()).isEqualTo(1e-3);
    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource({"B0, depthwise_kernel", "B0, kernel", "LITE0, depthwise_kernel"})
  void namesAndTurnsTheLayersOfKeras(Variant variant, String depthwise) {
    Tensors canonical = MakersFiles.synthetic(variant, 3);
    Checkpoint checkpoint =
        Checkpoints.recognise(MakersFiles.keras(canonical, depthwise), empty, UNSAID);

    assertThat(checkpoint.family()).isEqualTo(Family.KERAS);
    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"B1", "B5"})
  void namesAndTurnsTheLayersOfLargerNetworksOfKeras(Variant variant) {
    namesAndTurnsTheLayersOfKeras(variant, "kernel");
  }

  @Test
  void takesTheOnlyDenseLayerOfKerasForTheClassifier() {
    Tensors canonical = MakersFiles.synthetic(Variant.B0, 2);
    Map<String, Tensor> tensors = new HashMap<>();
    WeightFile keras = MakersFiles.keras(canonical, "kernel");
    keras
        .tensors()
        .forEach((name, tensor) -> tensors.put(name.replace("predictions", "dense_1"), tensor));
    WeightFile file = new WeightFile("pets.h5", tensors, Set.of("rescaling_1"));

    assertThat(Checkpoints.recognise(file, empty, UNSAID).tensors().byName())
        .isEqualTo(canonical.byName());
  }

  @Test
  void refusesOtherNetworksOfKerasByWhatIsMissing() {
    WeightFile keras = MakersFiles.keras(MakersFiles.synthetic(Variant.B0, 3), "kernel");
    Map<String, Tensor> tensors = new HashMap<>(keras.tensors());
    tensors.put("block2a_fused_conv/kernel", tensors.remove("block2a_expand_conv/kernel"));

    assertRefused(
        new WeightFile("w.h5", tensors, keras.others()),
        "w.h5 is like an EfficientNet b0, but not one: block2a_expand_conv.weight is missing; "
            + "block2a_fused_conv.weight is unknown");
  }

  @Test
  void refusesTwoDepthwiseKernelsOfOneLayer() {
    WeightFile keras = MakersFiles.keras(MakersFiles.synthetic(Variant.B0, 3), "kernel");

    assertRefused(
        MakersFiles.with(
            keras,
            Map.of(
                "block1a_dwconv/depthwise_kernel", keras.tensors().get("block1a_dwconv/kernel"))),
        "efficientnetb0.h5 has two tensors block1a_dwconv.weight");
  }

  @Test
  void namesTheLayersOfAModelOfTransformersWithoutAClassifier() {
    Tensors canonical = MakersFiles.synthetic(Variant.B0, 0);
    WeightFile file = StateDicts.renamed(canonical, TIMM_B0, "transformers-bare b0");
    Checkpoint checkpoint = Checkpoints.recognise(file, empty, UNSAID);

    assertThat(checkpoint.family()).isEqualTo(Family.TRANSFORMERS);
    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void recognisesEveryVariantByItsShapes(Variant variant) {
    WeightFile file = MakersFiles.timm("weights.safetensors", variant, 10);
    Checkpoint checkpoint = Checkpoints.recognise(file, empty, Optional.of(Family.TIMM_TF));

    assertThat(checkpoint.variant()).isEqualTo(variant);
    assertThat(checkpoint.classes()).isEqualTo(10);
    assertThat(checkpoint.tensors().byName()).isEqualTo(file.tensors());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  void hasAsManyClassesAsTheClassifierHasRows(int classes) {
    Tensors canonical = MakersFiles.synthetic(Variant.B0, classes);
    WeightFile file = StateDicts.renamed(canonical, TIMM_B0, TORCHVISION_B0);
    Checkpoint checkpoint = Checkpoints.recognise(file, empty, UNSAID);

    assertThat(checkpoint.classes()).isEqualTo(classes);
    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state_dict.",
        "state_dict_ema.",
        "model.",
        "module.",
        "model_ema.module.",
        "backbone.",
        "encoder.",
        "state_dict.model.",
        "state_dict.module.model.backbone.",
        "_orig_mod.",
        "timm_model.",
        "net."
      })
  void stripsWrappers(String prefix) {
    WeightFile file = StateDicts.zeros(TORCHVISION_B0);
    Checkpoint checkpoint =
        Checkpoints.recognise(MakersFiles.prefixed(file, prefix), empty, UNSAID);

    assertThat(checkpoint.tensors().byName())
        .isEqualTo(Checkpoints.recognise(file, empty, UNSAID).tensors().byName());
    assertThat(checkpoint.description()).contains("because what is under " + prefix + " has");
  }

  @Test
  void prefersTheAverageOfWeights() {
    Tensors canonical = MakersFiles.synthetic(Variant.B0, 2);
    WeightFile average =
        MakersFiles.prefixed(
            StateDicts.renamed(canonical, TIMM_B0, TORCHVISION_B0), "state_dict_ema.module.");
    WeightFile last = MakersFiles.prefixed(StateDicts.zeros(TORCHVISION_B0), "state_dict.");
    Checkpoint checkpoint =
        Checkpoints.recognise(MakersFiles.with(average, last.tensors()), empty, UNSAID);

    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  @Test
  void leavesAnOptimizerAsideAndSaysSo() {
    WeightFile file =
        MakersFiles.with(
            MakersFiles.prefixed(StateDicts.zeros(TORCHVISION_B0), "model."),
            Map.of("optimizer.state.0.exp_avg", MakersFiles.floats(1, 2)));

    assertThat(Checkpoints.recognise(file, empty, UNSAID).notes())
        .contains(
            "what is outside model. is left aside: 1 in all, such as optimizer.state.0.exp_avg");
  }

  @Test
  void refusesTwoNetworksInOneFile() {
    WeightFile file = StateDicts.zeros(TORCHVISION_B0);
    WeightFile two =
        MakersFiles.with(
            MakersFiles.prefixed(file, "backbone."),
            MakersFiles.prefixed(file, "encoder.").tensors());

    assertRefused(
        two, "weights.pth holds 2 networks, under [backbone., encoder.]; save one of them alone");
  }

  @Test
  void listsWhatIsMissingMisshapenOrUnknownByTheMakersNames() {
    WeightFile file =
        MakersFiles.with(
            MakersFiles.without(
                MakersFiles.prefixed(StateDicts.zeros(TORCHVISION_B0), "module."),
                "module.features.8.1.running_"),
            Map.of(
                "module.features.0.1.bias", MakersFiles.floats(1, 2),
                "module.aux.weight", MakersFiles.floats(1)));

    assertRefused(
        file,
        "weights.pth is like an EfficientNet b0, but not one: "
            + "module.features.0.1.bias has shape [2], not [32]; "
            + "module.features.8.1.running_mean is missing; "
            + "module.features.8.1.running_var is missing; module.aux.weight is unknown");
  }

  @Test
  void listsTheFirstFaultsOnlyOfMany() {
    WeightFile b0 = StateDicts.zeros(TORCHVISION_B0);
    Map<String, Tensor> tensors = new HashMap<>(b0.tensors());
    tensors.keySet().removeIf(name -> name.contains(".running_")); // 2 of each of 49 norms

    assertThatThrownBy(
            () ->
                Checkpoints.recognise(
                    new WeightFile("weights.pth", tensors, b0.others()), empty, UNSAID))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("; and 78 more");
  }

  @Test
  void takesATensorWithACanonicalNameForUnknownInAnotherNaming() {
    WeightFile file =
        MakersFiles.with(
            StateDicts.zeros(TORCHVISION_B0), Map.of("bn1.weight", MakersFiles.floats(1)));

    assertRefused(
        file, "weights.pth is like an EfficientNet b0, but not one: bn1.weight is unknown");
  }

  @Test
  void refusesOtherIntegersThanCounters() {
    WeightFile zeros = StateDicts.zeros(TORCHVISION_B0);
    WeightFile file = new WeightFile(zeros.source(), zeros.tensors(), Set.of("zero_point"));

    assertRefused(
        file, "weights.pth is like an EfficientNet b0, but not one: zero_point is unknown");
  }

  @Test
  void refusesVariantsThatTheFamilyDoesNotHave() {
    WeightFile b0 = StateDicts.zeros(TORCHVISION_B0);
    Map<String, Tensor> lite = new HashMap<>(b0.tensors());
    lite.keySet().removeIf(name -> name.contains(".fc1.") || name.contains(".fc2."));

    assertRefused(
        new WeightFile("weights.pth", lite, b0.others()),
        "weights.pth has the tensors of EfficientNet lite0 and the names of torchvision, which has "
            + "no lite0: its padding is not known");
  }

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
    assertThatThrownBy(() -> Checkpoints.recognise(StateDicts.zeros(network), empty, UNSAID))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("weights.pth ")
        .hasMessageContaining(sentence);
  }

  @Test
  void describesWhatItRecognisedAndWhy() {
    WeightFile file = MakersFiles.called(StateDicts.zeros(TORCHVISION_B0), "photo.pth");

    assertThat(Checkpoints.recognise(file, empty, UNSAID).description())
        .isEqualTo(
            """
            photo.pth: EfficientNet b0 of the family torchvision, 1000 classes
              because it has a tensor features.0.0.weight
              because it has a first convolution of 32 channels, 16 blocks, 320 channels before the \
            last convolution and squeeze-and-excitation
              because its family is torchvision: the names of its tensors say so
              note: images are prepared as for the weights of torchvision that are published; if \
            these were trained otherwise, say how in a card
            """);
  }

  @Test
  void doesNotAssumeHowAFineTunedNetworkIsPrepared() {
    Tensors canonical = MakersFiles.synthetic(Variant.B0, 1);
    WeightFile file = StateDicts.renamed(canonical, TIMM_B0, TORCHVISION_B0);
    Checkpoint checkpoint = Checkpoints.recognise(file, empty, UNSAID);

    assertThat(checkpoint.preprocessing()).isEmpty();
    assertThat(checkpoint.notes())
        .containsExactly("nothing says how images are prepared for it; say it in a card");
  }

  private void assertRefused(WeightFile file, String sentence) {
    assertThatThrownBy(() -> Checkpoints.recognise(file, empty, UNSAID))
        .isInstanceOf(ModelException.class)
        .hasMessage(sentence);
  }
}
