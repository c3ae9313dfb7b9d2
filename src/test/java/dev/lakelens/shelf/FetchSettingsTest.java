package dev.lakelens.shelf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchSettingsTest {
  private static final URI HUB_FILE = URI.create("https://huggingface.co/timm/x/resolve/main/w");

  @Test
  void hasTheHubAndNoToken() {
    FetchSettings settings = FetchSettings.of(Map.of());

    assertThat(settings.address(HUB_FILE)).isEqualTo(HUB_FILE);
    assertThat(settings.token().isPresent()).isFalse();
    assertThat(settings.offline()).isFalse();
  }

  @Test
  void takesAMirrorOfTheHub() {
    FetchSettings settings = FetchSettings.of(Map.of("HF_ENDPOINT", "https://mirror.example/hf/"));

    assertThat(settings.address(HUB_FILE))
        .hasToString("https://mirror.example/hf/timm/x/resolve/main/w");
    assertThat(settings.address(URI.create("https://keras.example/w")))
        .hasToString("https://keras.example/w");
    assertThat(settings.isHub(URI.create("https://mirror.example/other"))).isTrue();
    assertThat(settings.isHub(URI.create("https://MIRROR.example:443/other"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://mirror.example/",
        "https://mirror.example:8443/",
        "https://mirror.example.evil.example/",
        "https://huggingface.co/"
      })
  void keepsTheTokenFromOtherOrigins(String address) {
    FetchSettings settings = FetchSettings.of(Map.of("HF_ENDPOINT", "https://mirror.example"));

    assertThat(settings.isHub(URI.create(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mirror.example", "ftp://mirror.example", "https://", "https://u:p@h/", " x y"})
  void refusesAnEndpointThatIsNoAddress(String endpoint) {
    assertThatThrownBy(() -> FetchSettings.of(Map.of("HF_ENDPOINT", endpoint)))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith("HF_ENDPOINT must be the hub's address,");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "TRUE, true", "yes, true", "on, true", "0, false", "'', false"})
  void readsOfflineAsTheHubsOwnClientDoes(String value, boolean offline) {
    assertThat(FetchSettings.of(Map.of("HF_HUB_OFFLINE", value)).offline()).isEqualTo(offline);
  }

  @Test
  void goesThroughTheProxyOfTheEnvironment(@TempDir Path root) throws IOException {
    try (FileServer proxy = new FileServer(FileServer.file(Checkpoints.FILE, "\"a\""))) {
      Map<String, String> environment = Map.of("HTTP_PROXY", proxy.address("").toString());

      new Fetcher(environment, false)
          .fetch(
              Checkpoints.at(URI.create("http://publisher.example/w")),
              new LocalShelf(root, Checkpoints.TAKE_ALL),
              (bytes, total) -> {});

      assertThat(proxy.requests())
          .extracting(FileServer.Request::path)
          .containsExactly("http://publisher.example/w");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/x, true",
    "http://a.example/x, false",
    "https://b.c.internal/x, false",
    "https://internal/x, false",
    "https://notinternal/x, true",
    "https://d.example:8443/x, false",
    "https://d.example/x, true"
  })
  void leavesOutWhatNeedsNoProxy(URI address, boolean proxied) {
    ProxySelector proxies =
        EnvironmentProxies.of(
            Map.of(
                "https_proxy", "http://proxy.example:3128",
                "NO_PROXY", ".internal, d.example:8443"));

    Proxy proxy =
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.example", 3128));
    assertThat(proxies.select(address)).containsExactly(proxied ? proxy : Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"})
  void refusesAProxyWithAPasswordWithoutShowingIt(String variable) {
    ProxySelector proxies =
        EnvironmentProxies.of(Map.of(variable, "http://user:secret@proxy.example:3128"));

    assertThatThrownBy(() -> proxies.select(HUB_FILE))
        .isInstanceOf(ShelfException.class)
        .hasMessageStartingWith(variable + " must be an address such as")
        .hasMessageNotContaining("secret");
  }
}
