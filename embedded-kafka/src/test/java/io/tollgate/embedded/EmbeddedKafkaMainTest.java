package io.tollgate.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EmbeddedKafkaMainTest {

  /** What a JVM that ran its shutdown hooks returns after SIGTERM. */
  private static final int ENDED_BY_SIGTERM = 128 + 15;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldServeAsAProcessAndEndCleanlyOnSigterm(@TempDir Path directory) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedKafkaMain.class.getName(),
                "--dir",
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      String ready = lines.readLine();
      assertThat(ready).matches("READY 127\\.0\\.0\\.1:\\d+");
      String address = ready.substring("READY ".length());
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
        assertThat(admin.describeCluster().nodes().get()).hasSize(1);
      }

      // Process.destroy would close the streams that are read below.
      process.toHandle().destroy();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(lines.readLine()).isNull();
      // Kafka writes this only after a graceful shutdown.
      assertThat(directory.resolve(".kafka_cleanshutdown")).exists();
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--port x", "--port 65536", "--bogus 1"})
  void shouldExplainWrongArguments(String arguments) {
    assertThat(run(arguments.split(" "))).isEqualTo(EmbeddedKafkaMain.USAGE);
    assertThat(err.toString(UTF_8)).contains("usage: [--dir DIR] [--port PORT]");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void shouldFailInOneLineIfThePortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, BrokerProperties.address(0).getAddress())) {
      int status = run("--port", Integer.toString(taken.getLocalPort()));

      assertThat(status).isEqualTo(EmbeddedKafkaMain.FAILED);
      assertThat(err.toString(UTF_8).lines()).singleElement().asString().contains("in use");
    }
  }

  private int run(String... args) {
    return EmbeddedKafkaMain.run(
        args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }
}
