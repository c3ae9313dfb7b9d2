package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakelens.model.ModelException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {
  /** Structure and counts that timm 1.0.31 reports; tensors are without num_batches_tracked. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "b0|32|1,2,2,3,3,4,1|16,24,40,80,112,192,320|1280|16|49|360|5288548|4007548",
        "b1|32|2,3,3,4,4,5,2|16,24,40,80,112,192,320|1280|23|69|508|7794184|6513184",
        "b2|32|2,3,3,4,4,5,2|16,24,48,88,120,208,352|1408|23|69|508|9109994|7700994",
        "b3|40|2,3,3,5,5,6,2|24,32,48,96,136,232,384|1536|26|78|574|12233232|10696232",
        "b4|48|2,4,4,6,6,8,2|24,32,56,112,160,272,448|1792|32|96|706|19341616|17548616",
        "b5|48|3,5,5,7,7,9,3|24,40,64,128,176,304,512|2048|39|116|854|30389784|28340784",
        "b6|56|3,6,6,8,8,11,3|32,40,72,144,200,344,576|2304|45|134|986|43040704|40735704",
        "b7|64|4,7,7,10,10,13,4|32,48,80,160,224,384,640|2560|55|163|1200|66347960|63786960",
        "b8|72|4,8,8,11,11,15,4|32,56,88,176,248,424,704|2816|61|181|1332|87413142|84596142",
        "l2|136|6,11,11,16,16,22,6|72,104,176,344,480,824,1376|5504|88|260|1914|480309308|474804308",
        "lite0|32|1,2,2,3,3,4,1|16,24,40,80,112,192,320|1280|16|49|296|4652008|3371008",
        "lite1|32|1,3,3,4,4,5,1|16,24,40,80,112,192,320|1280|21|64|386|5416680|4135680",
        "lite2|32|1,3,3,4,4,5,1|16,24,48,88,120,208,352|1280|21|64|386|6092072|4811072",
        "lite3|32|1,3,3,5,5,6,1|24,32,48,96,136,232,384|1280|24|73|440|8197096|6916096",
        "lite4|32|1,4,4,6,6,8,1|24,32,56,112,160,272,448|1280|30|91|548|13006568|11725568"
      })
  void scalesAsTimmDoes(
      String name,
      int stem,
      String repeats,
      String channels,
      int features,
      int blocks,
      int norms,
      int stateDict,
      long parameters,
      long withoutClassifier) {
    Architecture architecture = Architecture.of(Variant.named(name));

    assertThat(architecture.stem()).isEqualTo(stem);
    assertThat(commas(architecture.stages().stream().map(Stage::repeats))).isEqualTo(repeats);
    assertThat(commas(architecture.stages().stream().map(Stage::out))).isEqualTo(channels);
    assertThat(architecture.features()).isEqualTo(features);
    assertThat(architecture.blocks()).hasSize(blocks);
    List<String> tensors = List.copyOf(Parameters.shapes(architecture, 1000).keySet());
    assertThat(tensors.stream().filter(t -> t.endsWith(".running_var"))).hasSize(norms);
    assertThat(tensors).hasSize(stateDict - norms);
    assertThat(architecture.parameters(1000)).isEqualTo(parameters);
    assertThat(architecture.parameters(0)).isEqualTo(withoutClassifier);
  }

  /** A row of 1280 weights, and a bias. */
  @Test
  void countsAClassifierOfOneClass() {
    assertThat(Architecture.of(Variant.B0).parameters(1)).isEqualTo(4007548 + 1281);
  }

  @ParameterizedTest
  @EnumSource(Variant.class)
  void joinsStagesAndSkipsInRepeatsOnly(Variant variant) {
    Architecture architecture = Architecture.of(variant);
    int channels = architecture.stem();
    for (MBConv block : architecture.blocks()) {
      assertThat(block.in()).isEqualTo(channels);
      assertThat(block.skips()).isEqualTo(block.index() > 0);
      assertThat(block.squeezes()).isEqualTo(!variant.lite());
      channels = block.out();
    }
    assertThat(architecture.headConvolution().in()).isEqualTo(channels);
  }

  @Test
  void namesTheTensorsOfTheFirstTwoBlocksAsTimmDoes() {
    List<MBConv> blocks = Architecture.of(Variant.B0).blocks();

    assertThat(blocks.get(0).depthwise().shape()).isEqualTo(List.of(32, 1, 3, 3));
    assertThat(blocks.get(0).depthwise().norm()).isEqualTo("blocks.0.0.bn1");
    assertThat(blocks.get(0).squeezeExcitation().reduceShape()).isEqualTo(List.of(8, 32, 1, 1));
    assertThat(blocks.get(0).project().name()).isEqualTo("blocks.0.0.conv_pw");
    assertThat(blocks.get(0).project().norm()).isEqualTo("blocks.0.0.bn2");
    assertThat(blocks.get(1).expand().name()).isEqualTo("blocks.1.0.conv_pw");
    assertThat(blocks.get(1).expand().norm()).isEqualTo("blocks.1.0.bn1");
    assertThat(blocks.get(1).depthwise().norm()).isEqualTo("blocks.1.0.bn2");
    assertThat(blocks.get(1).squeezeExcitation().expandShape()).isEqualTo(List.of(96, 4, 1, 1));
    assertThat(blocks.get(1).project().name()).isEqualTo("blocks.1.0.conv_pwl");
    assertThat(blocks.get(1).project().norm()).isEqualTo("blocks.1.0.bn3");
  }

  @ParameterizedTest(name = "stride {0}, {1} to {2} channels")
  @CsvSource({"1, 24, 24, true", "2, 24, 24, false", "1, 16, 24, false"})
  void skipsOnlyWhereInputAndOutputHaveOneShape(int stride, int in, int out, boolean skips) {
    assertThat(new MBConv(1, 0, Operator.MBCONV6, 3, stride, in, out, 0).skips()).isEqualTo(skips);
  }

  @ParameterizedTest(name = "{0} x {1} is {2}")
  @CsvSource({
    "16, 1.2, 24, nine tenths of 19.2 are more than 16",
    "32, 1.1, 32, 35.2",
    "80, 1.1, 88, 88.0 in exact arithmetic",
    "1280, 1.1, 1408, 1408",
    "1, 1.0, 8, never less than eight"
  })
  void roundsChannelsToMultiplesOfEight(int channels, double width, int rounded, String why) {
    assertThat(Architecture.roundFilters(channels, width)).as(why).isEqualTo(rounded);
  }

  /** Both are the expansion to six times the channels, in the first block with stride 2. */
  @ParameterizedTest
  @CsvSource({"B0, 224, 1204224", "L2, 8192, 7247757312"}) // 96 x 112 x 112, 432 x 4096 x 4096
  void findsTheLargestMap(Variant variant, int inputSize, long values) {
    assertThat(Architecture.of(variant).largestMap(inputSize)).isEqualTo(values);
  }

  @Test
  void namesTheKnownVariantsWhereThereIsNoSuchOne() {
    assertThatThrownBy(() -> Variant.named("b9"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "There is no EfficientNet b9; there are b0, b1, b2, b3, b4, b5, b6, b7, b8, l2, lite0,"
                + " lite1, lite2, lite3, lite4");
  }

  private static String commas(Stream<Integer> numbers) {
    return String.join(",", numbers.map(String::valueOf).toList());
  }
}
