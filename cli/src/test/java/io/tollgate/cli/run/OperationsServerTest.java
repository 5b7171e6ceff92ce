package io.tollgate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.ExitCode;
import io.tollgate.streams.app.PipelineHealth;
import io.tollgate.streams.app.PipelineHealth.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsServerTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final InetSocketAddress ANY_PORT = new InetSocketAddress(LOOPBACK, 0);

  private final AtomicReference<PipelineHealth> health =
      new AtomicReference<>(health(Phase.STARTING, Map.of()));
  private final OperationsServer server =
      OperationsServer.start(ANY_PORT, health::get, () -> "a_metric 1.0\n");

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"STARTING,200,503", "RESTORING,200,503", "RUNNING,200,200", "STOPPED,503,503"})
  void shouldTellWhetherItLivesAndWhetherItIsReady(Phase phase, int live, int ready)
      throws Exception {
    health.set(health(phase, Map.of()));

    assertThat(get("/health/live").statusCode()).isEqualTo(live);
    assertThat(get("/health/ready").statusCode()).isEqualTo(ready);
  }

  @Test
  void shouldTellWhatIsLeftToRestore() throws Exception {
    health.set(health(Phase.RESTORING, Map.of("tollgate-accounts-changelog-3", 1200L)));

    assertThat(get("/health/ready").body())
        .isEqualToIgnoringNewLines(
            "{\"phase\":\"RESTORING\",\"detail\":\"why\",\"restoring\":{\"tollgate-accounts-changelog-3\":1200}}");
  }

  @Test
  void shouldServeMetricsAsPrometheusReadsThem() throws Exception {
    HttpResponse<String> metrics = get("/metrics");

    assertThat(metrics.body()).isEqualTo("a_metric 1.0\n");
    assertThat(metrics.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void shouldSayWhichAddressIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      InetSocketAddress address = new InetSocketAddress(LOOPBACK, taken.getLocalPort());

      assertThatThrownBy(() -> OperationsServer.start(address, health::get, () -> ""))
          .isInstanceOfSatisfying(
              CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.SETTINGS))
          .hasMessageContaining(":" + taken.getLocalPort())
          .hasMessageContaining("http.listener");
    }
  }

  private static PipelineHealth health(Phase phase, Map<String, Long> restoring) {
    return new PipelineHealth(phase, "why", new TreeMap<>(restoring));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
            BodyHandlers.ofString());
  }
}
