package io.tollgate.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.cli.CommandRun;
import io.tollgate.cli.kafka.TestInstallation;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.UsageBlocked;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.app.Pipeline;
import java.io.IOException;
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
    produce(payment("p1", "acme", now));
    try (Pipeline pipeline = kafka.startPipeline(2, directory)) {
      kafka.await(TopicCatalogue.LEDGER_ENTRIES, LedgerEntry.class::isInstance);
      produce(usage("e1", "acme", "", now) + "\n" + usage("e2", "acme", "'vision'", now));
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

      produce(
          ("{'topic':'authorization-requests','type':'AuthorizationRequested','value':{"
                  + "'authorizationId':'a1','accountId':'acme','requestedAt':'%s','model':'m',"
                  + "'amountNanos':1000000000}}")
              .formatted(now));
      kafka.await(TopicCatalogue.AUTHORIZATION_DECISIONS, AuthorizationDecided.class::isInstance);
      assertThat(kafka.run("explain", "a1").out())
          .startsWith("Authorization a1 was allowed\n")
          .contains("it holds 1.00 USD; 8.99875 USD were available after it");

      JsonNode json = MAPPER.readTree(kafka.run("explain", "acme:2", "--json").out());
      assertThat(json.at("/0/moments/0/record/value/version").asInt()).isEqualTo(2);
      explainRecharge(now);
      assertThat(pipeline.isRunning()).isTrue();
    }

    CommandRun unknown = kafka.run("explain", "e9");
    assertThat(unknown.exitCode()).isEqualTo(6);
    assertThat(unknown.err())
        .startsWith("tollgate: nothing that was decided has the id e9 in any account");
    assertThat(kafka.run("explain", "e1", "--account", "other").exitCode()).isEqualTo(6);
  }

  /** The recharge of another account: its usage comes when its settings are known to hold. */
  private void explainRecharge(Instant now) throws IOException {
    produce(payment("p2", "beta", now));
    kafka.await(
        TopicCatalogue.LEDGER_ENTRIES,
        record -> record instanceof LedgerEntry entry && entry.getAccountId().equals("beta"));
    // In one topic: whoever is verified has the settings, too.
    produce(
        ("{'topic':'account-events','type':'AutoRechargeConfigured','value':{'accountId':'beta',"
                + "'enabled':true,'thresholdNanos':9999000000,'targetNanos':20000000000,"
                + "'occurredAt':'%s'}}\n"
                + "{'topic':'account-events','type':'VerificationUpdated','value':{"
                + "'accountId':'beta','status':'VERIFIED','occurredAt':'%s'}}")
            .formatted(now, now));
    kafka.await(
        TopicCatalogue.ACCOUNT_ACCESS,
        record -> record instanceof AccountAccess access && access.getVerified());
    produce(usage("e3", "beta", "", now));
    kafka.await(TopicCatalogue.RECHARGE_REQUESTS, RechargeRequested.class::isInstance);

    assertThat(kafka.run("explain", "beta:1:1", "--account", "beta").out())
        .startsWith("Recharge beta:1 of 10.00125 USD has not been paid\n")
        .contains("usage e3 took 0.00125 USD: the balance went from 10.00 USD to 9.99875 USD")
        .contains("no monthly limit");
    previewRecharge();
  }

  /** Here, because a pipeline of its own would take seconds to start. */
  private void previewRecharge() throws IOException {
    CommandRun previewed = kafka.run("recharge", "preview", "beta", "--json");
    assertThat(previewed.err()).isEmpty();
    JsonNode pending = MAPPER.readTree(previewed.out());
    assertThat(pending.at("/state").asText()).isEqualTo("PENDING");
    assertThat(pending.at("/postedNanos").asLong()).isEqualTo(9_998_750_000L);
    assertThat(pending.at("/recharge/rechargeId").asText()).isEqualTo("beta:1");
    assertThat(pending.at("/debit/effects")).isEmpty();
    assertThat(pending.at("/deadline/effects/0/value/reason").asText())
        .isEqualTo("UNKNOWN_OUTCOME");
    assertThat(kafka.run("recharge", "preview", "acme", "--debit", "1").out())
        .startsWith("acme: auto-recharge is OFF, the balance is 9.99875 USD")
        .contains("A debit of 1.00 USD now leaves 8.99875 USD:");
    CommandRun unknown = kafka.run("recharge", "preview", "nobody");
    assertThat(unknown.exitCode()).isEqualTo(6);
    assertThat(unknown.err()).startsWith("tollgate: there is no account nobody;");
  }

  @Test
  void shouldSayThatThereIsNoStateYet() {
    CommandRun run = kafka.run("recharge", "preview", "acme");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err())
        .startsWith("tollgate: there is no state " + kafka.applicationId() + "-accounts-changelog");
  }

  private void produce(String lines) {
    assertThat(kafka.runWithInput(lines.replace('\'', '"'), "produce", "-").err()).isEmpty();
  }

  private static String payment(String id, String account, Instant now) {
    return ("{'topic':'payment-events','type':'PaymentSucceeded','value':{'paymentId':'%s',"
            + "'accountId':'%s','amountNanos':10000000000,'occurredAt':'%s'}}")
        .formatted(id, account, now);
  }

  private static String usage(String id, String account, String capabilities, Instant now) {
    return ("{'topic':'usage-events','value':{'eventId':'%s','accountId':'%s','model':'m',"
            + "'capabilities':[%s],'occurredAt':'%s','inputTokens':1000}}")
        .formatted(id, account, capabilities, now);
  }
}
