package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Tensors;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.WeightFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KerasLayoutTest {
  @TempDir private Path empty;

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource({"B0, depthwise_kernel", "B0, kernel", "LITE0, depthwise_kernel"})
  void namesAndTurnsTheLayersOfKeras(Variant variant, String depthwise) {
    Tensors canonical = MakersFiles.synthetic(variant, 3);
    Checkpoint checkpoint = Checkpoints.recognise(MakersFiles.keras(canonical, depthwise), empty);

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

    assertThat(Checkpoints.recognise(file, empty).tensors().byName()).isEqualTo(canonical.byName());
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
  void refusesAnEfficientNetV2ByWhatItsFirstBlockLacks() {
    WeightFile keras = MakersFiles.keras(MakersFiles.synthetic(Variant.B0, 3), "kernel");

    assertThatThrownBy(
            () -> Checkpoints.recognise(MakersFiles.without(keras, "block1a_dwconv"), empty))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("efficientnetb0.h5 is an EfficientNetV2, not an EfficientNet");
  }

  @Test
  void callsNoNetworkEfficientNetV2ThatLacksItsFirstBlock() {
    WeightFile keras = MakersFiles.keras(MakersFiles.synthetic(Variant.B0, 3), "kernel");

    assertThatThrownBy(() -> Checkpoints.recognise(MakersFiles.without(keras, "block1a"), empty))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("efficientnetb0.h5 has names of EfficientNet, and a first");
  }

  @Test
  void leavesTheClassifierItsNameBesideOtherDenseLayers() {
    WeightFile keras = MakersFiles.keras(MakersFiles.synthetic(Variant.B0, 3), "kernel");
    WeightFile two =
        MakersFiles.with(keras, Map.of("aux/kernel", keras.tensors().get("predictions/kernel")));

    assertRefused(
        two, "efficientnetb0.h5 is like an EfficientNet b0, but not one: aux.weight is unknown");
  }

  @Test
  void leavesWeightsOfNoLayerTheirName() {
    WeightFile keras = MakersFiles.keras(MakersFiles.synthetic(Variant.B0, 3), "kernel");

    assertRefused(
        MakersFiles.with(keras, Map.of("bias", Tensor.vector(1))),
        "efficientnetb0.h5 is like an EfficientNet b0, but not one: bias is unknown");
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

  private void assertRefused(WeightFile file, String sentence) {
    assertThatThrownBy(() -> Checkpoints.recognise(file, empty))
        .isInstanceOf(ModelException.class)
        .hasMessage(sentence);
  }
}
