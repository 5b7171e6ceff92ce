package io.tollgate.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cli.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands without a broker, or with settings that lead to none. */
class NoKafkaTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topics list",
        "topics create",
        "produce -",
        "tail ledger-entries",
        "balance acme",
        "verify",
        "explain acme",
        "rejected list",
        "rejected replay --all",
        "reset"
      })
  void shouldGiveUpInTimeWhereNoBrokerAnswers(String command) throws IOException {
    List<String> args = new ArrayList<>(List.of(command.split(" ", -1)));
    args.addAll(
        List.of(
            "--bootstrap-server", "127.0.0.1:" + closedPort(),
            "--set", "kafka.default.api.timeout.ms=1000",
            "--set", "kafka.request.timeout.ms=500"));

    CommandRun run =
        Assertions.assertTimeout(
            Duration.ofSeconds(20), () -> CommandRun.of(args.toArray(String[]::new)));

    assertThat(run.err()).startsWith("tollgate: ").contains("no broker answers");
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void shouldSayThatAHostIsUnknown() {
    CommandRun run = CommandRun.of("verify", "-b", "no-such-host.invalid:9092");

    assertThat(run.err()).startsWith("tollgate: ");
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.exitCode()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense=1", "topic.prefix=ä", "num.stream.threads=x"})
  void shouldRefuseWrongSettings(String setting) {
    CommandRun run = CommandRun.of("balance", "acme", "--set", setting);

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("tollgate: wrong settings: ");
  }

  @Test
  void shouldSayThatASettingOfKafkaIsWrong() {
    CommandRun run = CommandRun.of("verify", "--set", "kafka.security.protocol=NONE");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("tollgate: ").contains("security.protocol");
    assertThat(CommandRun.of("topics", "list", "--set", "kafka.security.protocol=NONE").exitCode())
        .isEqualTo(5);
  }

  @Test
  void shouldRefuseASettingsFileThatIsNotThere() {
    CommandRun run = CommandRun.of("verify", "--config", "no-such-file.properties");

    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("no-such-file.properties");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "40000"})
  void shouldRefuseAPartitionCountThatCannotBe(String count) {
    CommandRun run = CommandRun.of("topics", "create", "--partitions", count);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("tollgate: --partitions is " + count);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
