package dev.lakelens.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.CardJson;
import dev.lakelens.model.Head;
import dev.lakelens.model.ModelCard;
import dev.lakelens.model.Padding;
import dev.lakelens.model.Preprocessing;
import dev.lakelens.model.Preprocessing.Interpolation;
import dev.lakelens.model.Preprocessing.Range;
import dev.lakelens.model.Preprocessing.Resize;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what the publishers' own sources say: timm 1.0.31, torchvision 0.29.2, Keras 3. */
class CatalogueTest {
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

  static List<CatalogueEntry> entries() {
    return CATALOGUE.entries();
  }

  @Test
  void holdsEveryPublicCheckpointOnce() {
    Map<String, Long> families =
        entries().stream()
            .collect(
                Collectors.groupingBy(e -> e.card().weights().family(), Collectors.counting()));

    assertThat(families)
        .containsOnly(
            Map.entry("timm-tf", 41L),
            Map.entry("timm", 9L),
            Map.entry("torchvision", 9L),
            Map.entry("efficientnet-pytorch", 17L),
            Map.entry("keras", 8L),
            Map.entry("transformers", 8L));
    assertThat(entries()).extracting(CatalogueEntry::url).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void hasCardsThatReadBack(CatalogueEntry entry) {
    ModelCard card = entry.card();

    assertThat(CardJson.read(CardJson.write(card), "card.json")).isEqualTo(card);
    assertThat(card.name()).matches("[A-Za-z0-9][A-Za-z0-9._-]*");
    assertThat(card.head()).isEqualTo(Head.SOFTMAX);
    assertThat(entry.url().getScheme()).isEqualTo("https");
    assertThat(entry.url().toString()).doesNotContain("{").endsWith(card.weights().file());
  }

  /** The two conventions: TensorFlow's padding with its epsilon, or PyTorch's. */
  @ParameterizedTest
  @MethodSource("entries")
  void hasThePaddingAndEpsilonOfItsFamily(CatalogueEntry entry) {
    ModelCard card = entry.card();
    boolean symmetric = List.of("timm", "torchvision").contains(card.weights().family());
    boolean portedToTorchvision = card.name().matches("torchvision-efficientnet-b[567]");

    Padding padding = symmetric ? Padding.SYMMETRIC : Padding.SAME;
    double epsilon = symmetric && !portedToTorchvision ? 1e-5 : 1e-3;
    assertThat(card.architecture())
        .isEqualTo(new ModelCard.Variant(card.architecture().name(), padding, epsilon));
  }

  /** AdvProp, Lite and timm's later trainings scale to -1 and 1. */
  @ParameterizedTest
  @MethodSource("entries")
  void normalisesAsInTraining(CatalogueEntry entry) {
    boolean half =
        entry.name().matches(".*\\.ap_in1k|tf_efficientnet_lite.*|.*ra4_.*|lukemelas-adv-.*");
    Preprocessing preprocessing = entry.card().preprocessing();

    assertThat(preprocessing.mean()).isEqualTo(half ? HALF : IMAGENET_MEAN);
    assertThat(preprocessing.std()).isEqualTo(half ? HALF : List.of(0.229, 0.224, 0.225));
  }

  /** timm resizes to the input's size divided by {@code crop_pct}, rounded down. */
  @ParameterizedTest
  @CsvSource({
    "tf_efficientnet_b0.in1k, 224, .875",
    "tf_efficientnet_b1.aa_in1k, 240, .882",
    "tf_efficientnet_b2.ap_in1k, 260, .890",
    "tf_efficientnet_b3.ns_jft_in1k, 300, .904",
    "tf_efficientnet_b4.in1k, 380, .922",
    "tf_efficientnet_b5.ra_in1k, 456, .934",
    "tf_efficientnet_b6.aa_in1k, 528, .942",
    "tf_efficientnet_b7.ap_in1k, 600, .949",
    "tf_efficientnet_b8.ra_in1k, 672, .954",
    "tf_efficientnet_l2.ns_jft_in1k_475, 475, .936",
    "tf_efficientnet_l2.ns_jft_in1k, 800, .96",
    "tf_efficientnet_lite0.in1k, 224, .875",
    "tf_efficientnet_lite1.in1k, 240, .882",
    "tf_efficientnet_lite2.in1k, 260, .890",
    "tf_efficientnet_lite3.in1k, 300, .904",
    "tf_efficientnet_lite4.in1k, 380, .920",
    "efficientnet_b0.ra_in1k, 224, .875",
    "efficientnet_b0.ra4_e3600_r224_in1k, 224, .9",
    "efficientnet_b1.ft_in1k, 224, .875",
    "efficientnet_b1.ra4_e3600_r240_in1k, 240, .9",
    "efficientnet_b2.ra_in1k, 256, .875",
    "efficientnet_b3.ra2_in1k, 288, .875",
    "efficientnet_b4.ra2_in1k, 320, .875",
    "efficientnet_b5.sw_in12k_ft_in1k, 448, 1",
    "efficientnet_lite0.ra_in1k, 224, .875"
  })
  void resizesAsTimmDoes(String name, int inputSize, double cropShare) {
    Preprocessing preprocessing = CATALOGUE.named(name).card().preprocessing();

    assertThat(preprocessing.inputSize()).isEqualTo(inputSize);
    assertThat(preprocessing.resizeTo()).isEqualTo((int) Math.floor(inputSize / cropShare));
  }

  /** One size and one crop for each variant, whatever the training. */
  @ParameterizedTest
  @MethodSource("entries")
  void resizesAllTrainingsOfTensorFlowAlike(CatalogueEntry entry) {
    ModelCard card = entry.card();
    if (List.of("timm-tf", "keras").contains(card.weights().family())
        && card.architecture().name().startsWith("b")) {
      String sibling = card.architecture().name().equals("b8") ? ".ap_in1k" : ".aa_in1k";
      Preprocessing expected =
          CATALOGUE
              .named("tf_efficientnet_" + card.architecture().name() + sibling)
              .card()
              .preprocessing();

      assertThat(card.preprocessing().inputSize()).isEqualTo(expected.inputSize());
      assertThat(card.preprocessing().resizeTo()).isEqualTo(expected.resizeTo());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "b0, 224, 256, 7f5810bc, rwightman, 77.692",
    "b1, 240, 256, bac287d4, rwightman, 78.642",
    "b2, 288, 288, c35c1473, rwightman, 80.608",
    "b3, 300, 320, b3899882, rwightman, 82.008",
    "b4, 380, 384, 23ab8bcd, rwightman, 83.384",
    "b5, 456, 456, 1a07897c, lukemelas, 83.444",
    "b6, 528, 528, 24a108a5, lukemelas, 84.008",
    "b7, 600, 600, c5b4e57e, lukemelas, 84.122"
  })
  void knowsTorchvisions(
      String variant, int inputSize, int resizeTo, String digest, String who, String top1) {
    CatalogueEntry entry = CATALOGUE.named("torchvision-efficientnet-" + variant);
    Preprocessing preprocessing = entry.card().preprocessing();

    assertThat(preprocessing.inputSize()).isEqualTo(inputSize);
    assertThat(preprocessing.resizeTo()).isEqualTo(resizeTo);
    assertThat(preprocessing.interpolation()).isEqualTo(Interpolation.BICUBIC);
    assertThat(entry.pin()).isEqualTo(new Pin(Pin.Algorithm.SHA256, digest));
    assertThat(entry.url())
        .hasToString(
            "https://download.pytorch.org/models/efficientnet_%s_%s-%s.pth"
                .formatted(variant, who, digest));
    assertThat(entry.card().accuracy())
        .containsEntry(
            "top-1, ImageNet validation set, torchvision 0.29.2's weights enum", top1 + " %");
  }

  @Test
  void knowsTheSecondTrainingOfTorchvisionsB1() {
    CatalogueEntry entry = CATALOGUE.named("torchvision-efficientnet-b1-v2");

    assertThat(entry.url())
        .hasToString("https://download.pytorch.org/models/efficientnet_b1-c27df63c.pth");
    assertThat(entry.card().preprocessing().resizeTo()).isEqualTo(255);
    assertThat(entry.card().preprocessing().interpolation()).isEqualTo(Interpolation.BILINEAR);
  }

  @Test
  void squashesAndSmoothsWhereTimmDoes() {
    assertThat(entries())
        .filteredOn(e -> e.card().preprocessing().resize() == Resize.SQUASH)
        .extracting(CatalogueEntry::name)
        .filteredOn(name -> !name.startsWith("google-"))
        .containsExactly("efficientnet_b5.sw_in12k_ft_in1k");
    assertThat(entries())
        .filteredOn(e -> e.card().preprocessing().interpolation() == Interpolation.BILINEAR)
        .extracting(CatalogueEntry::name)
        .containsExactly(
            "tf_efficientnet_lite3.in1k",
            "tf_efficientnet_lite4.in1k",
            "torchvision-efficientnet-b1-v2");
  }

  @Test
  void hasAddressesOfTheHubAndOfKeras() {
    assertThat(CATALOGUE.named("tf_efficientnet_b0.ns_jft_in1k").url())
        .hasToString(
            "https://huggingface.co/timm/tf_efficientnet_b0.ns_jft_in1k/resolve/main/model.safetensors");
    assertThat(CATALOGUE.named("keras-efficientnet-b7").url())
        .hasToString("https://storage.googleapis.com/keras-applications/efficientnetb7.h5");
    assertThat(CATALOGUE.named("keras-efficientnet-b7").pin())
        .isEqualTo(new Pin(Pin.Algorithm.MD5, "8c03f828fec3ef71311cd463b6759d99"));
    assertThat(CATALOGUE.named("lukemelas-adv-efficientnet-b8").url())
        .hasToString(
            "https://github.com/lukemelas/EfficientNet-PyTorch/releases/download/1.0/adv-efficientnet-b8-22a8fe65.pth");
  }

  /** timm/efficientnet_b0.ra_in1k's pytorch_model.bin has 21,441,905 bytes. */
  @Test
  void capsFilesNotFarAboveTheirSize() {
    assertThat(CATALOGUE.named("efficientnet_b0.ra_in1k").maxBytes())
        .isBetween(21_441_905L, 32_000_000L);
  }

  /** The sizes and the missing crop are those of transformers' conversion of Google's. */
  @ParameterizedTest
  @CsvSource({
    "b0, 224", "b1, 240", "b2, 260", "b3, 300", "b4, 380", "b5, 456", "b6, 528", "b7, 600"
  })
  void takesTheNearestPixelWhereTransformersDoes(String variant, int size) {
    CatalogueEntry entry = CATALOGUE.named("google-efficientnet-" + variant);

    assertThat(entry.card().preprocessing())
        .isEqualTo(
            new Preprocessing(
                size,
                Resize.SQUASH,
                size,
                Interpolation.NEAREST,
                Range.UNIT,
                IMAGENET_MEAN,
                List.of(0.229, 0.224, 0.225)));
    assertThat(entry.url())
        .hasToString(
            "https://huggingface.co/google/efficientnet-%s/resolve/main/pytorch_model.bin"
                .formatted(variant));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "google/efficientnet-b0, Is it google-efficientnet-b0?",
    "Google-EfficientNet-B0, Is it google-efficientnet-b0?",
    "timm/tf_efficientnet_b0.aa_in1k, Is it tf_efficientnet_b0.aa_in1k?",
    "tf_efficentnet_b3.ns_jft_in1k, Is it tf_efficientnet_b3.ns_jft_in1k?",
    "torchvision-efficientnet-b8, Is it torchvision-efficientnet-b0 or"
        + " torchvision-efficientnet-b1 or torchvision-efficientnet-b2?",
    "resnet50, ''"
  })
  void pointsFromANameThatItLacksToTheNearest(String name, String guess) {
    assertThat(CATALOGUE.remedy(name))
        .isEqualTo((guess + " jobs/model list shows the names").strip());
    assertThatThrownBy(() -> CATALOGUE.named(name))
        .isInstanceOf(ShelfException.class)
        .hasMessage("The catalogue has no model %s. %s", name, CATALOGUE.remedy(name));
  }
}
