package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakelens.model.Padding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PadsTest {
  /** Of the strided convolutions: stem and the first of stages 2, 3, 4 and 6. */
  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "b0|224|0,1 0,1 1,2 0,1 1,2|7",
        "b1|240|0,1 0,1 1,2 0,1 2,2|8",
        "b2|260|0,1 0,1 2,2 1,1 2,2|9",
        "b3|300|0,1 0,1 2,2 0,1 2,2|10",
        "b4|380|0,1 0,1 2,2 0,1 1,2|12",
        "b5|456|0,1 0,1 1,2 1,1 2,2|15",
        "b6|528|0,1 0,1 1,2 0,1 2,2|17",
        "b7|600|0,1 0,1 1,2 1,1 1,2|19",
        "b8|672|0,1 0,1 1,2 0,1 1,2|21",
        "l2|475|1,1 0,1 2,2 0,1 1,2|15",
        "lite3|280|0,1 0,1 1,2 1,1 1,2|9"
      })
  void padsStridedConvolutionsAsTensorFlowDoes(String name, int size, String pads, int last) {
    List<String> actual = new ArrayList<>();
    for (Convolution convolution : spatial(Architecture.of(Variant.named(name)))) {
      Pads same = Pads.of(Padding.SAME, convolution, size);
      if (convolution.stride() == 2) {
        actual.add(same.before() + "," + same.after());
      }
      size = same.outputSize(convolution, size);
    }
    assertThat(actual).isEqualTo(List.of(pads.split(" ")));
    assertThat(size).isEqualTo(last);
  }

  @Test
  void padsAlikeOnAllSidesWhereSymmetric() {
    Convolution five = Convolution.depthwise("", "", 8, 5, 2);
    assertThat(Pads.of(Padding.SYMMETRIC, five, 56)).isEqualTo(new Pads(2, 2));
    assertThat(new Pads(2, 2).outputSize(five, 56)).isEqualTo(28);
    assertThat(Pads.of(Padding.SYMMETRIC, Convolution.pointwise("", "", 8, 8), 56))
        .isEqualTo(new Pads(0, 0));
  }

  @Test
  void padsNothingWhereTheStrideLeavesPixelsOut() {
    Convolution sampled = new Convolution("", "", 8, 8, 1, 2, 1);
    assertThat(Pads.of(Padding.SAME, sampled, 4)).isEqualTo(new Pads(0, 0));
  }

  private static List<Convolution> spatial(Architecture architecture) {
    List<Convolution> convolutions = new ArrayList<>();
    convolutions.add(architecture.stemConvolution());
    architecture.blocks().forEach(block -> convolutions.add(block.depthwise()));
    return convolutions;
  }
}
