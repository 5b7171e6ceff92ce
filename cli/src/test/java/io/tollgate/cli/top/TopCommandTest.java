package io.tollgate.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.cli.CommandRun;
import io.tollgate.cli.kafka.TestInstallation;
import io.tollgate.cli.verify.Books;
import io.tollgate.events.LedgerEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
class TopCommandTest {

  @RegisterExtension final TestInstallation kafka = new TestInstallation();

  @Test
  void shouldShowWhatIsCommittedWhileItWatches() throws Exception {
    kafka.createTopics(2);
    LedgerEntry[] entries = Books.entries("acme").toArray(LedgerEntry[]::new);

    CompletableFuture<CommandRun> watching =
        CompletableFuture.supplyAsync(
            () -> kafka.run("top", "--every", "1", "--frames", "4", "--json"));
    while (!watching.isDone()) {
      kafka.write(entries);
    }

    List<String> frames = watching.get().outLines();
    assertThat(watching.get().exitCode()).isZero();
    assertThat(frames).hasSize(4);
    JsonNode last = new ObjectMapper().readTree(frames.get(3));
    assertThat(last.path("calls").asLong()).isPositive();
    assertThat(last.at("/accounts/0/accountId").asText()).isEqualTo("acme");
    assertThat(last.at("/accounts/0/balanceNanos").asLong()).isIn(4L, -1L, 7L, 10L);
  }

  @Test
  void shouldRefuseNumbersThatMakeNoSense() {
    CommandRun run = CommandRun.of("top", "--every", "0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--every is 0");
  }
}
