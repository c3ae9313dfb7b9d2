package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.weights.WeightFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTensorsTest {
  private static final String TORCHVISION_B0 = "torchvision efficientnet_b0";
  @TempDir private Path empty;

  @Test
  void listsWhatIsMissingMisshapenOrUnknownByTheMakersNames() {
    WeightFile file =
        MakersFiles.with(
            MakersFiles.without(
                MakersFiles.prefixed(StateDicts.zeros(TORCHVISION_B0), "module."),
                "module.features.8.1.running_"),
            Map.of(
                "module.features.0.1.bias", Tensor.vector(1, 2),
                "module.aux.weight", Tensor.vector(1)));

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
            () -> Checkpoints.recognise(new WeightFile("weights.pth", tensors, b0.others()), empty))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("; and 78 more");
  }

  @Test
  void takesATensorWithACanonicalNameForUnknownInAnotherNaming() {
    WeightFile file =
        MakersFiles.with(StateDicts.zeros(TORCHVISION_B0), Map.of("bn1.weight", Tensor.vector(1)));

    assertRefused(
        file, "weights.pth is like an EfficientNet b0, but not one: bn1.weight is unknown");
  }

  @Test
  void passesOverCounters() {
    WeightFile zeros = StateDicts.zeros(TORCHVISION_B0);
    WeightFile file =
        new WeightFile(
            zeros.source(), zeros.tensors(), Set.of("n_averaged", "a.num_batches_tracked"));

    assertThat(Checkpoints.recognise(file, empty).notes()).isEmpty();
  }

  /** A pruned network has all layers, and nothing else, and many are narrower. */
  @Test
  void callsNoNetworkPrunedThatLacksOrHasOtherLayers() {
    WeightFile pruned = StateDicts.zeros("timm efficientnet_b1_pruned");
    WeightFile less = MakersFiles.without(pruned, "bn2.running_mean");
    WeightFile more = MakersFiles.with(pruned, Map.of("aux", Tensor.vector(1)));
    WeightFile headless = MakersFiles.without(pruned, "classifier.");
    FamilyClaim timm = FamilyClaim.ofFlag(Family.TIMM);

    assertThatThrownBy(() -> Checkpoints.recognise(less, empty, timm))
        .hasMessageStartingWith("weights.pth is like an EfficientNet b1, but not one: ");
    assertThatThrownBy(() -> Checkpoints.recognise(more, empty, timm))
        .hasMessageStartingWith("weights.pth is like an EfficientNet b1, but not one: ");
    assertThatThrownBy(() -> Checkpoints.recognise(headless, empty, timm))
        .hasMessageStartingWith("weights.pth is a pruned EfficientNet: it has the layers of b1");
  }

  /** A tenth of B0's 311 tensors. */
  @ParameterizedTest
  @CsvSource({"31, is like an EfficientNet b0", "32, is a pruned EfficientNet"})
  void callsANetworkPrunedByHowManyTensorsAreNarrow(int count, String found) {
    WeightFile b0 = StateDicts.zeros(TORCHVISION_B0);
    Map<String, Tensor> narrow = new HashMap<>();
    b0.tensors().keySet().stream()
        .filter(name -> name.endsWith(".running_mean"))
        .limit(count)
        .forEach(name -> narrow.put(name, Tensor.vector(1, 2)));

    assertThat(b0.tensors()).hasSize(311);
    assertThatThrownBy(() -> Checkpoints.recognise(MakersFiles.with(b0, narrow), empty))
        .hasMessageStartingWith("weights.pth " + found);
  }

  /** One layer of another width is a mistake, and no pruning. */
  @Test
  void listsAFewMisshapenTensors() {
    Map<String, Tensor> narrow = new HashMap<>();
    for (String weight : List.of("weight", "bias", "running_mean", "running_var")) {
      narrow.put("features.0.1." + weight, Tensor.vector(1, 2));
    }
    WeightFile file = MakersFiles.with(StateDicts.zeros(TORCHVISION_B0), narrow);

    assertThatThrownBy(() -> Checkpoints.recognise(file, empty))
        .hasMessageContaining("features.0.1.weight has shape [2], not [32]");
  }

  @Test
  void refusesOtherIntegersThanCounters() {
    WeightFile zeros = StateDicts.zeros(TORCHVISION_B0);
    WeightFile file = new WeightFile(zeros.source(), zeros.tensors(), Set.of("zero_point"));

    assertRefused(
        file, "weights.pth is like an EfficientNet b0, but not one: zero_point is unknown");
  }

  private void assertRefused(WeightFile file, String sentence) {
    assertThatThrownBy(() -> Checkpoints.recognise(file, empty))
        .isInstanceOf(ModelException.class)
        .hasMessage(sentence);
  }
}
