package dev.lakelens.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtException;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lakelens.model.Model;
import dev.lakelens.network.EfficientNet;
import dev.lakelens.network.Onnx;
import dev.lakelens.network.SyntheticWeights;
import dev.lakelens.network.TrainedNetwork;
import dev.lakelens.network.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole networks in 8 bits. */
class Int8GraphTest {
  @TempDir private Path directory;

  /** What convolutions, sums and the dense layer read goes through 8 bits, and nothing else. */
  @Test
  void quantisesWhatLayersReadInReLU6Networks() throws IOException {
    Map<String, Long> operators = operators(quantise(Variant.LITE0).onnx());

    // The input, 33 of ReLU6, 16 projections, 9 sums and the embedding.
    assertThat(operators.get("QuantizeLinear")).isEqualTo(60);
    // The same, and weights and biases of 49 convolutions and the dense layer.
    assertThat(operators.get("DequantizeLinear")).isEqualTo(60 + 2 * 50);
    assertThat(operators)
        .containsEntry("Conv", 49L)
        .containsEntry("Clip", 33L)
        .containsEntry("Gemm", 1L)
        .containsEntry("ReduceMean", 1L);
  }

  /** 28 of the 1x1 convolutions of B0 have at least 40 channels to read. */
  @Test
  void quantisesWideProductsInSiLUNetworks() throws IOException {
    Map<String, Long> operators = operators(quantise(Variant.B0).onnx());

    assertThat(operators.get("QuantizeLinear")).isEqualTo(28);
    assertThat(operators.get("DequantizeLinear")).isEqualTo(28 + 2 * 28);
    // The stem, 16 depthwise, and the others of the 1x1 convolutions.
    assertThat(operators.get("Conv")).isEqualTo(1 + 16 + 32 - 28);
    assertThat(operators.get("Gemm")).isEqualTo(28 + 2 * 16 + 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"LITE0", "B0"})
  void standsForTheNetwork(Variant variant) throws IOException {
    TrainedNetwork trained = Networks.of(variant);
    Photos photos = Networks.photos(directory, 20);
    Model int8 = Quantization.quantize(trained, photos, () -> {}).model();
    Fidelity fidelity = Fidelity.of(EfficientNet.build(trained), int8, photos, () -> {});

    assertThat(fidelity.agreement()).isGreaterThanOrEqualTo(0.9);
    assertThat(fidelity.cosine()).isGreaterThan(0.995);
  }

  @ParameterizedTest
  @EnumSource(names = {"LITE0", "B0", "B4"})
  void takesAnyBatch(Variant variant) throws IOException, OrtException {
    byte[] onnx = quantise(variant).onnx();
    float[] two = Arrays.copyOf(SyntheticWeights.input(Networks.SIZE), 2 * 3 * pixels());
    for (int i = 0; i < 3 * pixels(); i++) {
      two[3 * pixels() + i] = -two[i] / 2;
    }
    float[] second = Arrays.copyOfRange(two, 3 * pixels(), two.length);
    float[] both = Onnx.run(onnx, two, Networks.SIZE).get("logits");
    float[] alone = Onnx.run(onnx, second, Networks.SIZE).get("logits");

    assertThat(both).hasSize(2 * Networks.CLASSES);
    float[] ofBoth = Arrays.copyOfRange(both, Networks.CLASSES, both.length);
    assertThat(Onnx.maxDifference(ofBoth, alone)).isLessThan(1e-4);
  }

  @Test
  void isTheSameEveryTime() throws IOException {
    assertThat(quantise(Variant.LITE0).onnx()).isEqualTo(quantise(Variant.LITE0).onnx());
  }

  private Model quantise(Variant variant) throws IOException {
    return Quantization.quantize(Networks.of(variant), Networks.photos(directory, 3), () -> {})
        .model();
  }

  private static int pixels() {
    return Networks.SIZE * Networks.SIZE;
  }

  private static Map<String, Long> operators(byte[] onnx) throws InvalidProtocolBufferException {
    return ModelProto.parseFrom(onnx).getGraph().getNodeList().stream()
        .collect(Collectors.groupingBy(NodeProto::getOpType, TreeMap::new, Collectors.counting()));
  }
}
