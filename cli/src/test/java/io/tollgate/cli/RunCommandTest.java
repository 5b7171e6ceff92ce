package io.tollgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.embedded.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

  private static EmbeddedKafka kafka = EmbeddedKafka.builder().build();

  @TempDir Path directory;

  @BeforeAll
  static void startBroker() {
    kafka.start();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void shouldNotStartWithoutTopics() {
    CommandRun run =
        CommandRun.of("run", "-b", kafka.bootstrapServers(), "--topic-prefix", "none.");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("tollgate: "))
        .anyMatch(line -> line.contains("tollgate topics create"));
  }

  @Test
  void shouldSayThatNoBrokerAnswers() {
    CommandRun run = CommandRun.of("run", "-b", "127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).contains("127.0.0.1:1");
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void shouldRunUntilItIsAskedToEnd() throws IOException, InterruptedException {
    assertThat(
            CommandRun.of("topics", "create", "-b", kafka.bootstrapServers(), "--partitions", "2")
                .exitCode())
        .isZero();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.tollgate.cli.Tollgate",
                "run",
                "-b",
                kafka.bootstrapServers(),
                "--set",
                "state.dir=" + directory)
            .redirectErrorStream(true)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (line.startsWith("tollgate: running")) {
          // SIGTERM; unlike Process.destroy it leaves the output open.
          assertThat(process.toHandle().destroy()).isTrue();
        }
      }
      assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(lines)
        .anyMatch(line -> line.startsWith("tollgate: connected to " + kafka.bootstrapServers()))
        .endsWith("tollgate: stopping", "tollgate: stopped");
  }
}
