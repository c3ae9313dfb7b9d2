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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubtreeTest {
  private static final String TIMM_B0 = "timm tf_efficientnet_b0";
  private static final String TORCHVISION_B0 = "torchvision efficientnet_b0";
  @TempDir private Path empty;

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
    Checkpoint checkpoint = Checkpoints.recognise(MakersFiles.prefixed(file, prefix), empty);

    assertThat(checkpoint.tensors().byName())
        .isEqualTo(Checkpoints.recognise(file, empty).tensors().byName());
    assertThat(checkpoint.description(false)).contains("because what is under " + prefix + " has");
  }

  @Test
  void prefersTheAverageOfWeights() {
    Tensors canonical = MakersFiles.synthetic(Variant.B0, 2);
    WeightFile average =
        MakersFiles.prefixed(
            StateDicts.renamed(canonical, TIMM_B0, TORCHVISION_B0), "state_dict_ema.module.");
    WeightFile last = MakersFiles.prefixed(StateDicts.zeros(TORCHVISION_B0), "state_dict.");
    Checkpoint checkpoint = Checkpoints.recognise(MakersFiles.with(average, last.tensors()), empty);

    assertThat(checkpoint.tensors().byName()).isEqualTo(canonical.byName());
  }

  @Test
  void leavesAnOptimizerAsideAndSaysSo() {
    WeightFile file =
        MakersFiles.with(
            MakersFiles.prefixed(StateDicts.zeros(TORCHVISION_B0), "model."),
            Map.of("optimizer.state.0.exp_avg", Tensor.vector(1, 2)));

    assertThat(Checkpoints.recognise(file, empty).notes())
        .contains(
            "what is outside model. is left aside: 1 in all, such as optimizer.state.0.exp_avg");
  }

  @Test
  void prefersTheAverageOfTimmsModelEma() {
    Tensors canonical = MakersFiles.synthetic(Variant.B0, 2);
    WeightFile average =
        MakersFiles.prefixed(
            StateDicts.renamed(canonical, TIMM_B0, TORCHVISION_B0), "model_ema.module.");
    WeightFile last = MakersFiles.prefixed(StateDicts.zeros(TORCHVISION_B0), "model.");

    assertThat(
            Checkpoints.recognise(MakersFiles.with(average, last.tensors()), empty)
                .tensors()
                .byName())
        .isEqualTo(canonical.byName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"modelfeatures.0.0.weight", "modelsfeatures.0.0.weight"})
  void takesNoNameForAStemThatOnlyEndsAlike(String name) {
    WeightFile file =
        MakersFiles.with(
            MakersFiles.prefixed(StateDicts.zeros(TORCHVISION_B0), "model."),
            Map.of(name, Tensor.vector(1)));

    assertThat(Checkpoints.recognise(file, empty).notes())
        .containsExactly("what is outside model. is left aside: 1 in all, such as " + name);
  }

  @Test
  void namesTheFirstTensorsOfAnUnknownNetwork() {
    Map<String, Tensor> tensors = new HashMap<>();
    "fedcba".chars().forEach(c -> tensors.put(Character.toString(c), Tensor.vector(1)));

    assertThatThrownBy(() -> Checkpoints.recognise(new WeightFile("w", tensors, Set.of()), empty))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("w holds no EfficientNet: it has no tensor called ")
        .hasMessageEndingWith("; its first are [a, b, c, d, e]");
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

  private void assertRefused(WeightFile file, String sentence) {
    assertThatThrownBy(() -> Checkpoints.recognise(file, empty))
        .isInstanceOf(ModelException.class)
        .hasMessage(sentence);
  }
}
