package dev.lakelens.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
  @Test
  void listsTwentyAndCountsTheOthers() {
    String twenty = "x; ".repeat(19) + "x";

    assertThat(Faults.listing(List.of("a", "b"))).isEqualTo("a; b");
    assertThat(Faults.listing(Collections.nCopies(20, "x"))).isEqualTo(twenty);
    assertThat(Faults.listing(Collections.nCopies(23, "x"))).isEqualTo(twenty + "; and 3 more");
  }
}
