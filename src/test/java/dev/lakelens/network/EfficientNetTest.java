package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Padding;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EfficientNetTest {
  private static final int CLASSES = 1000;
  private static final double SAME_NUMBERS = 1e-4;
  private static final double OTHER_FAMILY = 4e-4;

  @ParameterizedTest(name = "{0} with {2} and {3}")
  @CsvSource({
    "b0/timm-tf, B0, SYMMETRIC, 1e-3, 224",
    "b0/timm-tf, B0, SAME, 1e-5, 224",
    "b0/timm-native, B0, SAME, 1e-5, 224",
    "lite0/timm-tf, LITE0, SYMMETRIC, 1e-3, 224",
    "lite0/timm-tf, LITE0, SAME, 1e-5, 224"
  })
  void computesSomethingElseInAnotherFamily(
      String reference, Variant variant, Padding padding, double epsilon, int size)
      throws OrtException, IOException {
    float[] expected = Reference.load().floats(reference + "/logits");
    float[] logits = run(variant, padding, epsilon, size).get("logits");

    assertThat(Onnx.maxDifference(logits, expected)).isGreaterThan(OTHER_FAMILY);
  }

  @Test
  void hasOnlyAnEmbeddingWithoutAClassifier() throws OrtException, IOException {
    Architecture architecture = Architecture.of(Variant.LITE0);
    Tensors tensors = SyntheticWeights.of(architecture, 0);
    byte[] onnx = EfficientNet.onnx(architecture, Padding.SAME, 1e-3, 224, tensors);
    Map<String, float[]> outputs = Onnx.run(onnx, SyntheticWeights.input(224), 224);

    float[] expected = Reference.load().floats("lite0/timm-tf/embedding");
    assertThat(outputs).containsOnlyKeys("embedding");
    assertThat(Onnx.maxDifference(outputs.get("embedding"), expected)).isLessThan(SAME_NUMBERS);
  }

  @Test
  void takesAnyNumberOfClassesAndAnyBatch() throws OrtException {
    Architecture architecture = Architecture.of(Variant.LITE0);
    Tensors tensors = SyntheticWeights.of(architecture, 3);
    byte[] onnx = EfficientNet.onnx(architecture, Padding.SAME, 1e-3, 32, tensors);
    float[] one = SyntheticWeights.input(32);
    float[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    float[] logits = Onnx.run(onnx, two, 32).get("logits");

    assertThat(logits).hasSize(6);
    assertThat(Arrays.copyOfRange(logits, 3, 6))
        .containsExactly(Arrays.copyOf(logits, 3))
        .containsExactly(Onnx.run(onnx, one, 32).get("logits"));
  }

  @Test
  void declaresItsInputAndOutputs() throws InvalidProtocolBufferException {
    Tensors tensors = SyntheticWeights.of(Architecture.of(Variant.LITE0), 3);
    byte[] onnx =
        EfficientNet.onnx(Architecture.of(Variant.LITE0), Padding.SAME, 1e-3, 32, tensors);
    GraphProto graph = ModelProto.parseFrom(onnx).getGraph();

    assertThat(graph.getInputList())
        .extracting(EfficientNetTest::declared)
        .containsExactly("input N,3,32,32");
    assertThat(graph.getOutputList())
        .extracting(EfficientNetTest::declared)
        .containsExactly("embedding N,1280", "logits N,3");
  }

  private static String declared(ValueInfoProto value) {
    return value.getName()
        + " "
        + value.getType().getTensorType().getShape().getDimList().stream()
            .map(dim -> dim.hasDimParam() ? dim.getDimParam() : "" + dim.getDimValue())
            .collect(Collectors.joining(","));
  }

  @Test
  void isACleanGraph() throws InvalidProtocolBufferException {
    assertThat(operators(Variant.LITE0))
        .isEqualTo(
            Map.of(
                "Conv",
                49L,
                "Clip",
                33L,
                "Add",
                9L,
                "GlobalAveragePool",
                1L,
                "Flatten",
                1L,
                "Gemm",
                1L));
    assertThat(operators(Variant.B0))
        .isEqualTo(
            Map.of(
                "Conv",
                81L,
                "Sigmoid",
                65L,
                "Mul",
                65L,
                "Add",
                9L,
                "GlobalAveragePool",
                17L,
                "Flatten",
                1L,
                "Gemm",
                1L));
  }

  @Test
  void isTheSameEveryTime() {
    assertThat(onnx(Variant.B0, Padding.SAME, 1e-3, 224))
        .isEqualTo(onnx(Variant.B0, Padding.SAME, 1e-3, 224));
  }

  @Test
  void listsEveryTensorThatIsMissingMisshapenOrUnknown() {
    Architecture architecture = Architecture.of(Variant.LITE0);
    Map<String, Tensor> tensors =
        new HashMap<>(SyntheticWeights.of(architecture, CLASSES).byName());
    tensors.remove("bn1.bias");
    tensors.remove("blocks.6.0.conv_dw.weight");
    tensors.put("conv_head.weight", Tensor.zeros(List.of(1280, 312, 1, 1)));
    tensors.put("blocks.0.0.se.conv_reduce.bias", Tensor.zeros(List.of(8)));

    assertThatThrownBy(
            () -> EfficientNet.onnx(architecture, Padding.SAME, 1e-3, 224, new Tensors(tensors)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "These tensors are not an EfficientNet lite0: blocks.6.0.conv_dw.weight is missing;"
                + " bn1.bias is missing; conv_head.weight has shape [1280, 312, 1, 1], not [1280, 320, 1,"
                + " 1]; blocks.0.0.se.conv_reduce.bias is unknown");
  }

  private static Map<String, Long> operators(Variant variant)
      throws InvalidProtocolBufferException {
    return ModelProto.parseFrom(onnx(variant, Padding.SAME, 1e-3, 224))
        .getGraph()
        .getNodeList()
        .stream()
        .collect(Collectors.groupingBy(NodeProto::getOpType, Collectors.counting()));
  }

  private static Map<String, float[]> run(
      Variant variant, Padding padding, double epsilon, int size) throws OrtException {
    return Onnx.run(onnx(variant, padding, epsilon, size), SyntheticWeights.input(size), size);
  }

  private static byte[] onnx(Variant variant, Padding padding, double epsilon, int size) {
    Architecture architecture = Architecture.of(variant);
    Tensors tensors = SyntheticWeights.of(architecture, CLASSES);
    return EfficientNet.onnx(architecture, padding, epsilon, size, tensors);
  }
}
