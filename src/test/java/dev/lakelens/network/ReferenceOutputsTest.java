package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.lakelens.model.Padding;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variant in every family against timm and torchvision on synthetic weights. */
class ReferenceOutputsTest {
  private static final int CLASSES = 1000;
  private static final double SAME_NUMBERS = 1e-4;

  static Stream<String> networks() throws IOException {
    return Reference.load().networks().filter(network -> !isLarge(variant(network)));
  }

  static Stream<String> largeNetworks() throws IOException {
    return Reference.load().networks().filter(network -> isLarge(variant(network)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void computesWhatTheReferenceDoes(String network) throws OrtException, IOException {
    compare(network);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("largeNetworks")
  void computesWhatTheReferenceDoesAlsoWhereItIsLarge(String network)
      throws OrtException, IOException {
    compare(network);
  }

  private static void compare(String network) throws OrtException, IOException {
    Reference reference = Reference.load();
    Variant variant = variant(network);
    Architecture architecture = Architecture.of(variant);
    int size = network.endsWith("@251") ? 251 : size(variant);
    Padding padding = network.contains("/timm-tf") ? Padding.SAME : Padding.SYMMETRIC;
    Tensors tensors = SyntheticWeights.of(architecture, CLASSES);
    byte[] onnx = EfficientNet.onnx(architecture, padding, epsilon(network), size, tensors);
    Map<String, float[]> outputs = Onnx.run(onnx, SyntheticWeights.input(size), size);

    assertThat(architecture.parameters(CLASSES)).isEqualTo(reference.number(network + "/params"));
    assertThat(outputs).containsOnlyKeys("logits", "embedding");
    outputs.forEach(
        (output, values) ->
            assertThat(Onnx.maxDifference(values, reference.floats(network + "/" + output)))
                .as(output)
                .isLessThan(SAME_NUMBERS));
  }

  private static Variant variant(String network) {
    return Variant.named(network.substring(0, network.indexOf('/')));
  }

  private static boolean isLarge(Variant variant) {
    return variant.resolution() > Variant.B5.resolution();
  }

  /** The script takes timm's sizes, and timm has other ones than Google for two variants. */
  private static int size(Variant variant) {
    return switch (variant) {
      case LITE3 -> 300;
      case LITE4 -> 380;
      default -> variant.resolution();
    };
  }

  /** TensorFlow's epsilon; torchvision has it from B5 on, and else PyTorch's. */
  private static double epsilon(String network) {
    return network.contains("/timm-tf") || network.equals("b5/torchvision") ? 1e-3 : 1e-5;
  }
}
