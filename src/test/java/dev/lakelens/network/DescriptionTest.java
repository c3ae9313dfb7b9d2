package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class DescriptionTest {
  /** Counts of timm 1.0.31: parameters, batch normalisation's statistics, operations. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "b0, 5288548, 4007548, 42016, 385814752",
    "b1, 7794184, 6513184, 62048, 686802832",
    "b2, 9109994, 7700994, 67568, 993561872",
    "b3, 12233232, 10696232, 87296, 1827141392",
    "b4, 19341616, 17548616, 125200, 4393771024",
    "b5, 30389784, 28340784, 172736, 10266384752",
    "b6, 43040704, 40735704, 224432, 19067593536",
    "b7, 66347960, 63786960, 310720, 37745884192",
    "b8, 87413142, 84596142, 380032, 62597461568",
    "l2, 480309308, 474804308, 1090688, 475703653280",
    "lite0, 4652008, 3371008, 42016, 385187552",
    "lite1, 5416680, 4135680, 53664, 600185232",
    "lite2, 6092072, 4811072, 58096, 859736272",
    "lite3, 8197096, 6916096, 76672, 1383321872",
    "lite4, 13006568, 11725568, 112368, 2553034336"
  })
  void countsAsTimmDoes(
      String name, long parameters, long withoutClassifier, long statistics, long macs) {
    Counts counts = describe(Variant.named(name)).counts();

    assertThat(counts.parameters()).isEqualTo(parameters);
    assertThat(counts.parametersWithoutClassifier()).isEqualTo(withoutClassifier);
    assertThat(counts.statistics()).isEqualTo(statistics);
    assertThat(counts.macs()).isEqualTo(macs);
  }

  /** {@code len(EfficientNetB0(include_top=False).layers)} and its siblings'. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "B0, 237", "B1, 339", "B2, 339", "B3, 384", "B4, 474", "B5, 576", "B6, 666", "B7, 813"
  })
  void countsLayersAsKerasDoes(Variant variant, int layers) {
    Counts counts = describe(variant).counts();

    assertThat(counts.kerasLayers()).isEqualTo(layers);
    assertThat(counts.kerasLayersWithTop()).isEqualTo(layers + 3);
  }

  @Test
  void countsNoSqueezeAndExcitationOfLite() {
    assertThat(describe(Variant.LITE0).counts().kerasLayers()).isEqualTo(237 - 16 * 5);
  }

  /** Of Google's builders for the family and for Lite. */
  @ParameterizedTest
  @CsvSource({
    "0.2, B0 B1 LITE0 LITE1",
    "0.3, B2 B3 LITE2 LITE3 LITE4",
    "0.4, B4 B5",
    "0.5, B6 B7 B8 L2"
  })
  void dropsMoreWhereItIsLarger(double dropout, String variants) {
    assertThat(variants.split(" ")).allMatch(name -> Variant.valueOf(name).dropout() == dropout);
  }

  @Test
  void showsTheTableOfThePaper() {
    assertThat(describe(Variant.B0).table())
        .containsExactly(
            new TableRow(1, "Conv3x3", 2, 224, 32, 1),
            new TableRow(2, "MBConv1, k3x3", 1, 112, 16, 1),
            new TableRow(3, "MBConv6, k3x3", 2, 112, 24, 2),
            new TableRow(4, "MBConv6, k5x5", 2, 56, 40, 2),
            new TableRow(5, "MBConv6, k3x3", 2, 28, 80, 3),
            new TableRow(6, "MBConv6, k5x5", 1, 14, 112, 3),
            new TableRow(7, "MBConv6, k5x5", 2, 14, 192, 4),
            new TableRow(8, "MBConv6, k3x3", 1, 7, 320, 1),
            new TableRow(9, "Conv1x1 & Pooling & FC", 1, 7, 1280, 1));
  }

  @Test
  void describesAVariantAtAnySize() {
    Description b2 = Description.of(Variant.B2, 225, 10);
    Description lite = Description.of(Variant.LITE0, 1, 0);

    assertThat(b2.variant()).isEqualTo("b2");
    assertThat(b2.timm()).containsExactly("tf_efficientnet_b2", "efficientnet_b2");
    assertThat(List.of(b2.width(), b2.depth(), b2.dropout())).containsExactly(1.1, 1.2, 0.3);
    assertThat(b2.features()).isEqualTo(1408);
    assertThat(b2.stem()).containsExactly("Conv 3x3, stride 2", "BatchNorm", "Swish");
    assertThat(b2.finalLayers())
        .containsExactly(
            "Conv 1x1", "BatchNorm", "Swish", "Global average pool", "Dropout", "Dense");
    assertThat(b2.table())
        .extracting(TableRow::resolution)
        .containsExactly(225, 113, 113, 57, 29, 15, 15, 8, 8);
    assertThat(lite.activation()).isEqualTo("ReLU6");
    assertThat(lite.stem()).endsWith("ReLU6");
    assertThat(lite.finalLayers())
        .containsExactly("Conv 1x1", "BatchNorm", "ReLU6", "Global average pool");
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "224, -1"})
  void refusesAnInputWithoutPixels(int inputSize, int classes) {
    assertThatThrownBy(() -> Description.of(Variant.B0, inputSize, classes))
        .hasMessage("An input of %d pixels and %d classes".formatted(inputSize, classes));
  }

  /** Operations: expansion, depthwise, the two of squeeze-and-excitation, projection. */
  @Test
  void describesBlocks() {
    long strided = 112 * 112 * 16 * 96 + 56 * 56 * 96 * 9 + 2 * 96 * 4 + 56 * 56 * 96 * 24;
    long repeated = 28 * 28 * 40 * 240 + 28 * 28 * 240 * 25 + 2 * 240 * 10 + 28 * 28 * 240 * 40;
    List<BlockRow> blocks = describe(Variant.B0).blocks();

    assertThat(blocks.get(1))
        .isEqualTo(
            new BlockRow(
                "blocks.1.0",
                3,
                2,
                List.of(2, 3, 4),
                3,
                2,
                16,
                96,
                4,
                24,
                112,
                56,
                false,
                0.2 / 16,
                strided));
    assertThat(blocks.get(4))
        .isEqualTo(
            new BlockRow(
                "blocks.2.1",
                4,
                3,
                List.of(2, 3, 5),
                5,
                1,
                40,
                240,
                10,
                40,
                28,
                28,
                true,
                0.2 * 4 / 16,
                repeated));
    assertThat(describe(Variant.LITE0).blocks().get(0).modules()).containsExactly(1, 4);
    assertThat(describe(Variant.LITE0).blocks().get(2).modules()).containsExactly(2, 5);
  }

  @Test
  void tellsTheThreeKindsOfSubBlocks() {
    List<BlockRow> blocks = describe(Variant.B0).blocks();

    assertThat(blocks).hasSize(16);
    assertThat(blocks)
        .extracting(BlockRow::kind)
        .containsExactly(1, 2, 3, 2, 3, 2, 3, 3, 2, 3, 3, 2, 3, 3, 3, 2);
    assertThat(blocks.get(0).modules()).containsExactly(1, 3, 4);
    assertThat(blocks.get(1).modules()).containsExactly(2, 3, 4);
    assertThat(blocks.get(2).modules()).containsExactly(2, 3, 5);
    assertThat(blocks.get(0).squeezed()).isEqualTo(8);
    assertThat(blocks.get(15).dropConnect()).isCloseTo(0.2 * 15 / 16, Offset.offset(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void sumsTheOperationsOfItsParts(Variant variant) {
    Description description = describe(variant);
    Architecture architecture = Architecture.of(variant);
    long half = (variant.resolution() + 1L) / 2;
    long stem = half * half * 27 * architecture.stem();
    BlockRow last = description.blocks().get(description.blocks().size() - 1);
    long side = last.outputResolution();
    long features = architecture.features();
    long head = side * side * last.out() * features + 1000 * features;

    assertThat(stem + description.blocks().stream().mapToLong(BlockRow::macs).sum() + head)
        .isEqualTo(description.counts().macs());
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void isDrawnAsXmlThatStandsAlone(Variant variant) throws Exception {
    String svg = Diagram.svg(describe(variant));
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();

    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getElementsByTagName("script").getLength()).isZero();
    assertThat(svg).doesNotContain("href");
  }

  /** Arabic of Egypt has digits of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "de-DE"})
  void isTheSameInEveryLocale(String language) {
    Description description = describe(Variant.B1);
    String svg = Diagram.svg(description);
    Set<String> tensors = Parameters.shapes(Architecture.of(Variant.B1), 10).keySet();

    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      assertThat(describe(Variant.B1)).isEqualTo(description);
      assertThat(Diagram.svg(description)).isEqualTo(svg);
      assertThat(Parameters.shapes(Architecture.of(Variant.B1), 10).keySet()).isEqualTo(tensors);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Description describe(Variant variant) {
    return Description.of(variant, variant.resolution(), 1000);
  }
}
