package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.WeightFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            StateDicts.renamed(canonical, timm, network), empty, FamilyClaim.ofFlag(family));

    assertThat(checkpoint.variant()).isEqualTo(variant);
    assertThat(checkpoint.family()).isEqualTo(family);
    assertThat(checkpoint.padding()).isEqualTo(padding);
    assertThat(checkpoint.epsilon()).isEqualTo(epsilon);
    assertThat(checkpoint.classes()).isEqualTo(1000);
    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  @ParameterizedTest
  @CsvSource({"1, 1 channel", "4, 4 channels"})
  void takesColourImagesOnly(int channels, String text) {
    WeightFile file = StateDicts.zeros(TORCHVISION_B0);
    Map<String, Tensor> tensors = new HashMap<>(file.tensors());
    int bytes = Float.BYTES * 32 * channels * 9;
    tensors.put(
        "features.0.0.weight", new Tensor(List.of(32, channels, 3, 3), ByteBuffer.allocate(bytes)));
    WeightFile other = new WeightFile("weights.pth", tensors, file.others());

    assertThatThrownBy(() -> Checkpoints.recognise(other, empty))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "weights.pth takes images of %s (features.0.0.weight), and Lakelens gives 3, red, green"
                    .formatted(text)
                + " and blue: take a model of colour images");
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
    Checkpoint checkpoint = Checkpoints.recognise(MakersFiles.rangilyu(canonical), empty);

    assertThat(checkpoint.family()).isEqualTo(Family.RANGILYU);
    assertThat(checkpoint.padding()).isEqualTo(Padding.SYMMETRIC);
    assertThat(checkpoint.epsilon()).isEqualTo(1e-3);
    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  @Test
  void namesTheLayersOfAModelOfTransformersWithoutAClassifier() {
    Tensors canonical = MakersFiles.synthetic(Variant.B0, 0);
    WeightFile file = StateDicts.renamed(canonical, TIMM_B0, "transformers-bare b0");
    Checkpoint checkpoint = Checkpoints.recognise(file, empty);

    assertThat(checkpoint.family()).isEqualTo(Family.TRANSFORMERS);
    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void recognisesEveryVariantByItsShapes(Variant variant) {
    WeightFile file = MakersFiles.timm("weights.safetensors", variant, 10);
    Checkpoint checkpoint = Checkpoints.recognise(file, empty, FamilyClaim.ofFlag(Family.TIMM_TF));

    assertThat(checkpoint.variant()).isEqualTo(variant);
    assertThat(checkpoint.classes()).isEqualTo(10);
    assertThat(checkpoint.tensors().byName()).isEqualTo(file.tensors());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  void hasAsManyClassesAsTheClassifierHasRows(int classes) {
    Tensors canonical = MakersFiles.synthetic(Variant.B0, classes);
    WeightFile file = StateDicts.renamed(canonical, TIMM_B0, TORCHVISION_B0);
    Checkpoint checkpoint = Checkpoints.recognise(file, empty);

    assertThat(checkpoint.classes()).isEqualTo(classes);
    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
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

  @Test
  void describesWhatItRecognisedAndWhy() {
    WeightFile file = MakersFiles.called(StateDicts.zeros(TORCHVISION_B0), "photo.pth");
    Checkpoint checkpoint = Checkpoints.recognise(file, empty);

    assertThat(checkpoint.description(true)).doesNotContain("note: ");
    assertThat(checkpoint.description(false))
        .isEqualTo(
            """
            photo.pth: EfficientNet b0 of the family torchvision, 1,000 classes
              because it has a tensor features.0.0.weight
              because it has a first convolution of 32 channels, 16 blocks, 320 channels before the \
            last convolution and squeeze-and-excitation
              because its family is torchvision: the names of its tensors say so
              note: images are prepared as for the weights of torchvision that are published; if \
            these were trained otherwise, say how in a card
            """);
  }

  @Test
  void namesTensorsThatAreNotFiniteAsTheFileDoes() {
    WeightFile file =
        MakersFiles.prefixed(
            StateDicts.renamed(MakersFiles.synthetic(Variant.B0, 2), TIMM_B0, TORCHVISION_B0),
            "model.");
    WeightFile diverged =
        MakersFiles.with(
            file, Map.of("model.classifier.1.bias", Tensor.vector(1, Float.POSITIVE_INFINITY)));

    assertThat(Checkpoints.recognise(file, empty).notFinite()).isEmpty();
    assertThat(Checkpoints.recognise(diverged, empty).notFinite())
        .containsExactly("model.classifier.1.bias");
  }

  @Test
  void hasNothingToSayOfPreparationWhereAConfigSaysIt() throws IOException {
    Files.writeString(
        empty.resolve("config.json"),
        """
        {"architecture": "tf_efficientnet_b0", "pretrained_cfg": {"input_size": [3, 224, 224]}}
        """);
    WeightFile file = MakersFiles.timm("tf_efficientnet_b0.pth", Variant.B0, 1000);

    assertThat(Checkpoints.recognise(file, empty).preparation()).isEmpty();
  }

  @Test
  void saysHowAKerasFileNormalisesPixels() {
    WeightFile file = MakersFiles.keras(MakersFiles.synthetic(Variant.B0, 3), "kernel");
    WeightFile rescaled =
        new WeightFile("pets.h5", file.tensors(), Set.of("rescaling", "rescaling_1"));

    assertThat(Checkpoints.recognise(rescaled, empty).preparation())
        .containsExactly(
            "nothing says how images are prepared for it; say it in a card",
            "the file itself normalises pixels, by (x / 255 - mean) / std with the mean [0.485, "
                + "0.456, 0.406] and the std [0.229, 0.224, 0.225]; say these in a card, unless "
                + "its maker says others");
    assertThat(Checkpoints.recognise(file, empty).preparation())
        .contains(
            "the file itself normalises pixels, by (x / 255 - mean) / std with the mean [0.485, "
                + "0.456, 0.406] and the std [0.478539, 0.473286, 0.474342]; weights that Keras "
                + "published, and networks made of them since TensorFlow 2.10, were trained with "
                + "the std [0.229, 0.224, 0.225]: say in a card which it is");
  }

  @Test
  void assumesHowAPublishedNetworkWithoutItsClassifierIsPrepared() {
    WeightFile file =
        StateDicts.renamed(MakersFiles.synthetic(Variant.B0, 0), TIMM_B0, TORCHVISION_B0);

    assertThat(Checkpoints.recognise(file, empty).preprocessing()).isPresent();
  }

  @Test
  void assumesNothingWhereAConfigStandsBesideIt() throws IOException {
    Files.writeString(empty.resolve("config.json"), "{\"architecture\": \"tf_efficientnet_b0\"}");
    WeightFile file = MakersFiles.timm("tf_efficientnet_b0.pth", Variant.B0, 1000);

    assertThat(Checkpoints.recognise(file, empty).preprocessing()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, no classifier: embeddings only", "1, 1 logit", "2, 2 classes"})
  void describesItsHead(int classes, String head) {
    WeightFile file = MakersFiles.timm("tf_efficientnet_b0.pth", Variant.B0, classes);

    assertThat(Checkpoints.recognise(file, empty).description(true))
        .startsWith(
            "tf_efficientnet_b0.pth: EfficientNet b0 of the family timm-tf, %s\n".formatted(head));
  }

  @Test
  void doesNotAssumeHowAFineTunedNetworkIsPrepared() {
    Tensors canonical = MakersFiles.synthetic(Variant.B0, 1);
    WeightFile file = StateDicts.renamed(canonical, TIMM_B0, TORCHVISION_B0);
    Checkpoint checkpoint = Checkpoints.recognise(file, empty);

    assertThat(checkpoint.preprocessing()).isEmpty();
    assertThat(checkpoint.preparation())
        .containsExactly("nothing says how images are prepared for it; say it in a card");
  }

  private void assertRefused(WeightFile file, String sentence) {
    assertThatThrownBy(() -> Checkpoints.recognise(file, empty))
        .isInstanceOf(ModelException.class)
        .hasMessage(sentence);
  }
}
