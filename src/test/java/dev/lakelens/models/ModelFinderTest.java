package dev.lakelens.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.checkpoint.Checkpoint;
import dev.lakelens.checkpoint.Family;
import dev.lakelens.model.Model;
import dev.lakelens.model.ModelException;
import dev.lakelens.model.Precision;
import dev.lakelens.network.Tensor;
import dev.lakelens.network.Variant;
import dev.lakelens.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model is found by. */
class ModelFinderTest extends ModelFinderFixture {
  @Test
  void findsAModelOfTheJarByItsName() {
    Model model = finder.find("efficientnet-lite0", ModelSettings.NONE);

    assertThat(model.card().name()).isEqualTo("efficientnet-lite0");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void refusesWeightsThatAreNotFiniteAndSaysItWhereTheyAreInspected(float value)
      throws IOException {
    Tensor bad = new Tensor(List.of(3), ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN));
    bad.floats().put(1, value);
    Map<String, Tensor> tensors = new HashMap<>(TENSORS.byName());
    tensors.put("classifier.bias", bad);
    SafetensorsWriter.write(checkpoint, tensors);
    String card = card("lite0", "mine.safetensors").toString();
    ModelSettings said = settings(Family.TIMM_TF, null, Path.of(card), false);

    for (Use use :
        List.<Use>of(
            () -> finder.find(card, ModelSettings.NONE),
            () -> finder.find(checkpoint.toString(), said))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith(
              checkpoint + " is not usable: NaN or infinite values are in classifier.bias;");
    }
    Checkpoint found = finder.inspect(card, ModelSettings.NONE).checkpoint().orElseThrow();
    assertThat(found.notFinite()).containsExactly("classifier.bias");
    assertThat(found.description(false))
        .contains("  NOT usable: NaN or infinite values are in classifier.bias;");
  }

  @Test
  void inspectsAllThatItFinds() throws IOException {
    Path card = card("lite0", "mine.safetensors");
    ModelInspection jar = finder.inspect("efficientnet-lite0", ModelSettings.NONE);
    assertThat(jar.card()).contains(Models.card("efficientnet-lite0"));
    ModelInspection int8 = finder.inspect("efficientnet-lite0-int8", ModelSettings.NONE);
    assertThat(int8.onnx().orElseThrow().precision()).isEqualTo(Precision.INT8);

    for (Path path : List.of(card, directory)) {
      ModelInspection found = finder.inspect(path.toString(), ModelSettings.NONE);
      assertThat(found.card().orElseThrow().name()).isEqualTo("mine");
      assertThat(found.checkpoint().orElseThrow().variant()).isEqualTo(Variant.LITE0);
    }
    ModelInspection file =
        finder.inspect(checkpoint.toString(), settings(Family.TIMM, null, null, false));
    assertThat(file.card()).isEmpty();
    assertThat(file.checkpoint().orElseThrow().family()).isEqualTo(Family.TIMM);

    Path onnx = directory.resolve("m.onnx");
    Files.write(onnx, finder.find(card.toString(), ModelSettings.NONE).onnx());
    assertThat(finder.inspect(onnx.toString(), ModelSettings.NONE).onnx().orElseThrow().classes())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "file://", ""})
  void findsAFileOfThisMachineByItsUri(String scheme) throws IOException {
    String card = card("lite0", "mine.safetensors").toString();

    assertThat(finder.find(scheme + card, ModelSettings.NONE).card().name()).isEqualTo("mine");
  }

  @Test
  void findsAFileWhosePathLooksLikeAUri() throws IOException {
    Path odd = Files.createDirectory(directory.resolve("a:"));
    Path file = Files.copy(checkpoint, odd.resolve("mine.safetensors"));
    ModelSettings timm = settings(Family.TIMM, null, null, false);

    assertThat(finder.inspect(file.toString(), timm).weights()).isEqualTo(file.toString());
    assertThatThrownBy(() -> finder.inspect("a:/mine.safetensors", timm))
        .isInstanceOf(UnknownModelException.class);
    assertThatThrownBy(() -> finder.inspect("s3a://lake/m.pth", timm))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "There is no model s3a://lake/m.pth on this machine: copy it here, and give its path");
  }

  @Test
  void saysWhereItHasLookedForAName() {
    for (String name : List.of("resnet50", "no/such/file.pth")) {
      assertThatThrownBy(() -> finder.find(name, ModelSettings.NONE))
          .isInstanceOf(UnknownModelException.class)
          .hasMessageStartingWith("There is no model " + name + ": it is no file");
    }
    assertThatThrownBy(() -> finder.find("", ModelSettings.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("The model has no name.");
  }

  @Test
  void fetchesNothingOffline() {
    assertThatThrownBy(() -> finder.find("tf_efficientnet_b0.aa_in1k", ModelSettings.NONE))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "HF_HUB_OFFLINE or --offline forbids to fetch tf_efficientnet_b0.aa_in1k to the shelf");
  }
}
