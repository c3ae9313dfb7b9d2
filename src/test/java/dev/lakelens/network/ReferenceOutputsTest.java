package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.lakelens.model.Padding;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every variant in every family against timm and torchvision on synthetic weights. */
class ReferenceOutputsTest {
  private static final int CLASSES = 1000;

  private static final double SAME_NUMBERS = 1e-4;

  @ParameterizedTest(name = "{0}/{1}")
  @CsvSource({
    "b0, timm-tf", "b0, timm-tf@251", "b0, timm-native", "b0, torchvision",
    "b1, timm-tf", "b1, timm-native",
    "b2, timm-tf", "b2, timm-native",
    "b3, timm-tf", "b3, timm-native", "b3, torchvision",
    "b4, timm-tf", "b4, timm-native",
    "b5, timm-tf", "b5, timm-native", "b5, torchvision",
    "lite0, timm-tf", "lite0, timm-tf@251", "lite1, timm-tf", "lite2, timm-tf", "lite3, timm-tf",
    "lite4, timm-tf"
  })
  void agrees(String variant, String family) throws OrtException, IOException {
    compare(variant, family);
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0}/{1}")
  @CsvSource({
    "b6, timm-tf", "b6, timm-native", "b7, timm-tf", "b7, timm-native", "b8, timm-tf",
    "b8, timm-native"
  })
  void agreesWhereTheNetworkIsLarge(String variant, String family)
      throws OrtException, IOException {
    compare(variant, family);
  }

  private static void compare(String name, String family) throws OrtException, IOException {
    Reference reference = new Reference();
    String key = name + "/" + family + "/";
    Variant variant = Variant.named(name);
    Architecture architecture = Architecture.of(variant);
    int size = family.endsWith("@251") ? 251 : variant.resolution();
    Padding padding = family.startsWith("timm-tf") ? Padding.SAME : Padding.SYMMETRIC;
    byte[] onnx =
        EfficientNet.onnx(
            architecture,
            padding,
            epsilon(variant, family),
            size,
            SyntheticWeights.of(architecture, CLASSES));
    Map<String, float[]> outputs = Onnx.run(onnx, SyntheticWeights.input(size), size);

    assertThat(architecture.parameters(CLASSES)).isEqualTo(reference.number(key + "params"));
    for (String output : new String[] {"logits", "embedding"}) {
      double difference = Onnx.maxDifference(outputs.get(output), reference.floats(key + output));
      assertThat(difference).as(output).isLessThan(SAME_NUMBERS);
    }
  }

  /** torchvision takes 1e-3 from B5 on. */
  private static double epsilon(Variant variant, String family) {
    boolean large = variant.compareTo(Variant.B5) >= 0;
    boolean tensorFlow = family.startsWith("timm-tf");
    return tensorFlow || family.equals("torchvision") && large ? 1e-3 : 1e-5;
  }
}
