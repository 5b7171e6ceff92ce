package io.tollgate.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.cli.CommandRun;
import io.tollgate.cli.kafka.TestInstallation;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.UsageBlocked;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.app.Pipeline;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ExplainCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @RegisterExtension final TestInstallation kafka = new TestInstallation();

  @TempDir Path directory;

  @Test
  void shouldExplainWhatThePipelineDecided() throws Exception {
    kafka.createTopics(2);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    produce(
        "{'topic':'price-book','value':{'model':'m','rows':[{'meter':'input','serviceTier':"
            + "'standard','minInputTokens':0,'nanosPerMillion':1250000000,"
            + "'effectiveFrom':'2026-01-01T00:00:00.000Z'}],'version':1}}");
    produce(
        "{'topic':'access-policies','value':{'model':'m','version':4,'requirements':[{'capability':"
            + "'vision','requires':'VERIFIED_ORGANIZATION','policyId':'vision-2026',"
            + "'announcedAt':'2026-01-01T00:00:00.000Z','effectiveFrom':'2026-02-01T00:00:00.000Z'}]}}");
    produce(
        "{'topic':'payment-events','type':'PaymentSucceeded','value':{'paymentId':'p1',"
            + "'accountId':'acme','amountNanos':10000000000,'occurredAt':'%s'}}".formatted(now));
    try (Pipeline pipeline = kafka.startPipeline(2, directory)) {
      kafka.await(TopicCatalogue.LEDGER_ENTRIES, LedgerEntry.class::isInstance);
      produce(usage("e1", "", now) + "\n" + usage("e2", "'vision'", now));
      kafka.await(TopicCatalogue.BLOCKED_USAGE, UsageBlocked.class::isInstance);

      CommandRun charged = kafka.run("explain", "e1");
      assertThat(charged.exitCode()).isZero();
      assertThat(charged.out())
          .startsWith("acme was charged 0.00125 USD for usage e1\n")
          .contains("input: 1,000 at 1.25 a million", "taken from p1 (purchase of 10.00 USD at ");

      CommandRun blocked = kafka.run("explain", "e2", "--account", "acme");
      assertThat(blocked.out())
          .startsWith("Usage e2 of m was blocked, served but not charged: VERIFICATION_REQUIRED\n")
          .contains("policy vision-2026 of model m, version 4: capability vision needs")
          .contains("  Next: ");

      CommandRun account = kafka.run("explain", "acme");
      assertThat(account.out())
          .startsWith("acme has 9.99875 USD available\n")
          .contains("LedgerEntry  PURCHASE 10.00 for p1", "UsageBlocked  VERIFICATION_REQUIRED e2");

      JsonNode json = MAPPER.readTree(kafka.run("explain", "acme:2", "--json").out());
      assertThat(json.at("/0/moments/0/record/value/version").asInt()).isEqualTo(2);
      assertThat(pipeline.isRunning()).isTrue();
    }

    CommandRun unknown = kafka.run("explain", "e9");
    assertThat(unknown.exitCode()).isEqualTo(6);
    assertThat(unknown.err())
        .startsWith("tollgate: nothing that was decided has the id e9 in any account");
    assertThat(kafka.run("explain", "e1", "--account", "other").exitCode()).isEqualTo(6);
  }

  private void produce(String lines) {
    assertThat(kafka.runWithInput(lines.replace('\'', '"'), "produce", "-").err()).isEmpty();
  }

  private static String usage(String id, String capabilities, Instant now) {
    return ("{'topic':'usage-events','value':{'eventId':'%s','accountId':'acme','model':'m',"
            + "'capabilities':[%s],'occurredAt':'%s','inputTokens':1000}}")
        .formatted(id, capabilities, now);
  }
}
