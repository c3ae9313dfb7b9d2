package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import dev.lakelens.network.Tensor;
import dev.lakelens.weights.WeightFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasOrderTest {
  private static final String B0 = "timm tf_efficientnet_b0";

  /** timm's layers are in the order of Keras's. */
  @ParameterizedTest
  @ValueSource(strings = {B0, "timm tf_efficientnet_b1", "timm tf_efficientnet_b5"})
  void namesLayersInTheirOrder(String network) {
    assertThat(named(numbered(network, "")).tensors()).isEqualTo(keras(network));
  }

  @Test
  void namesTheLayersOfLite() {
    String lite = "timm tf_efficientnet_lite0";

    assertThat(named(numbered(lite, "")).tensors()).isEqualTo(keras(lite));
  }

  @Test
  void namesTheLayersOfAModelInsideAnother() {
    Map<String, Tensor> nested = numbered(B0, "functional/");
    nested.put("conv2d/kernel", Tensor.vector(1)); // before the network, and not of it
    Map<String, Tensor> expected = keras(B0);
    expected.put("conv2d/kernel", Tensor.vector(1));

    WeightFile named =
        KerasOrder.named(new WeightFile("w", nested, Set.of("functional/normalization/count")));

    assertThat(named.tensors()).isEqualTo(expected);
    assertThat(named.others()).containsExactly("normalization/count");
  }

  @Test
  void leavesFilesAloneWhoseLayersHaveNames() {
    WeightFile file = new WeightFile("w", keras(B0), Set.of("rescaling"));

    assertThat(KerasOrder.named(file)).isSameAs(file);
  }

  @Test
  void refusesOtherNumbersOfLayers() {
    Map<String, Tensor> tensors = numbered(B0, "");
    tensors.put("conv2d_65/kernel", Tensor.vector(1));

    assertThatThrownBy(() -> named(tensors))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The layers of w have no names, and no EfficientNet has as many: "
                + "{batch_normalization=49, conv2d=66, depthwise_conv2d=16}");
  }

  @Test
  void refusesTwoTensorsOfOneName() {
    Map<String, Tensor> tensors = numbered(B0, "");
    tensors.put("functional/predictions/bias", Tensor.vector(1));

    assertThatThrownBy(() -> named(tensors))
        .isInstanceOf(ModelException.class)
        .hasMessage("w has two tensors predictions/bias");
  }

  private static WeightFile named(Map<String, Tensor> tensors) {
    return KerasOrder.named(new WeightFile("w", tensors, Set.of()));
  }

  /** Every tensor of a network, told apart by its one element. */
  private static Map<String, Tensor> keras(String network) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (String name : StateDicts.names(network)) {
      String keras = MakersFiles.kerasName(name, "kernel");
      tensors.put(keras, Tensor.vector(tensors.size()));
    }
    return tensors;
  }

  /** The same as Keras 3 calls them where layers have no names. */
  private static Map<String, Tensor> numbered(String network, String model) {
    Map<String, Tensor> tensors = new HashMap<>();
    Map<String, String> numbers = new HashMap<>();
    Map<String, Integer> next = new HashMap<>();
    for (String name : StateDicts.names(network)) {
      String keras = MakersFiles.kerasName(name, "kernel");
      String layer = keras.substring(0, keras.indexOf('/'));
      String called =
          numbers.computeIfAbsent(layer, key -> numbered(next, key))
              + keras.substring(layer.length());
      tensors.put(model + called, Tensor.vector(tensors.size()));
    }
    return tensors;
  }

  private static String numbered(Map<String, Integer> next, String layer) {
    if (layer.equals("predictions")) {
      return layer;
    }
    String plain = layer.endsWith("dwconv") ? "depthwise_conv2d" : "conv2d";
    String layerClass = layer.endsWith("bn") ? "batch_normalization" : plain;
    int number = next.merge(layerClass, 1, Integer::sum) - 1;
    return number == 0 ? layerClass : layerClass + "_" + number;
  }
}
