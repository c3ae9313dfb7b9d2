package dev.lakelens.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeTest {
  private static final URI FROM = URI.create("https://hub.example/a/b");

  @ParameterizedTest
  @CsvSource({
    "/c?d=e, https://hub.example/c?d=e",
    "c, https://hub.example/a/c",
    "//cdn.example/c, https://cdn.example/c",
    "https://cdn.example/c, https://cdn.example/c"
  })
  void resolvesWhereARedirectLeads(String location, String target) {
    assertThat(Exchange.target(FROM, URI.create(location))).hasToString(target);
  }

  @Test
  void followsNoRedirectOutOfEncryption() {
    assertThatThrownBy(() -> Exchange.target(FROM, URI.create("http://cdn.example/c")))
        .isInstanceOf(ShelfException.class)
        .hasMessage(
            "hub.example redirects to cdn.example, without encryption; Lakelens does not follow it:"
                + " download the file elsewhere and give it to jobs/model fetch with --file");
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "0, 0",
    "'Tue, 24 Nov 2026 12:00:30 GMT', 30",
    "'Tue, 24 Nov 2026 11:00:00 GMT', 0",
    "soon, 0",
    "'', 0"
  })
  void readsHowLongToWait(String header, int seconds) {
    Clock noon = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    assertThat(RetryAfter.of(header, noon)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void refusesAPinThatIsNoDigest() {
    assertThatThrownBy(() -> new Pin(Pin.Algorithm.MD5, "7F58"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digest must be at most 32 hex digits, and is 7F58");
  }
}
