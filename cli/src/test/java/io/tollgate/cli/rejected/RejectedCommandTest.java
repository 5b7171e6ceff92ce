package io.tollgate.cli.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.cli.CommandRun;
import io.tollgate.cli.kafka.TestInstallation;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.app.Pipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RejectedCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  @RegisterExtension final TestInstallation kafka = new TestInstallation();

  @TempDir Path directory;

  @Test
  void shouldReplayUsageOnceItHasAPrice() throws Exception {
    kafka.createTopics(2);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String usage =
        "{'topic':'usage-events','value':{'eventId':'e1','accountId':'acme','model':'new-model',"
            + "'occurredAt':'%s','inputTokens':1000}}".formatted(now);
    produce(
        "{'topic':'payment-events','type':'PaymentSucceeded','value':{'paymentId':'p1',"
            + "'accountId':'acme','amountNanos':10000000000,'occurredAt':'%s'}}".formatted(now));
    try (Pipeline pipeline = kafka.startPipeline(2, directory)) {
      kafka.await(TopicCatalogue.LEDGER_ENTRIES, LedgerEntry.class::isInstance);
      produce(usage);
      kafka.await(TopicCatalogue.REJECTED_EVENTS, RejectedEvent.class::isInstance);

      CommandRun listed = kafka.run("rejected", "list", "--reason", "unpriced");
      assertThat(listed.err()).isEmpty();
      assertThat(listed.out())
          .contains("UNPRICED  usage-events-", "acme", "model new-model has no price")
          .endsWith("1 refused: 1 UNPRICED\n");

      produce(
          "{'topic':'price-book','value':{'model':'new-model','rows':[{'meter':'input',"
              + "'serviceTier':'standard','minInputTokens':0,'nanosPerMillion':1000000000,"
              + "'effectiveFrom':'2026-01-01T00:00:00.000Z'}],"
              + "'publishedAt':'2026-01-01T00:00:00.000Z','version':1}}");
      kafka.await(TopicCatalogue.REFERENCE, record -> true);
      CommandRun dry = kafka.run("rejected", "replay", "--reason", "UNPRICED", "--dry-run");
      assertThat(dry.out()).endsWith("1 would be sent again\n");
      CommandRun replayed = kafka.run("rejected", "replay", "--account", "acme");
      assertThat(replayed.err()).isEmpty();
      assertThat(replayed.out()).contains("sent again  usage-events-").endsWith("1 sent again\n");

      LedgerEntry entry =
          (LedgerEntry)
              kafka.await(
                  TopicCatalogue.LEDGER_ENTRIES,
                  record -> ((LedgerEntry) record).getCause().getId().equals("e1"));
      assertThat(entry.getAmountNanos()).isEqualTo(-1_000_000);

      // Sent once more it is the same event, and nothing happens.
      assertThat(kafka.run("rejected", "replay", "--all").exitCode()).isZero();
      produce(usage.replace("e1", "e2"));
      kafka.await(
          TopicCatalogue.LEDGER_ENTRIES,
          record -> ((LedgerEntry) record).getCause().getId().equals("e2"));
      assertThat(kafka.run("tail", "ledger-entries", "--from-beginning", "--no-follow").outLines())
          .hasSize(3);
      assertThat(pipeline.isRunning()).isTrue();
    }
  }

  @Test
  void shouldSendTheWholeRecordOfWhichTheRejectionKnowsTheBeginning() throws IOException {
    kafka.createTopics(1);
    byte[] value = new byte[200_000];
    Arrays.fill(value, (byte) 'x');
    kafka.write(TopicCatalogue.USAGE_EVENTS, "acme", value);
    kafka.write(rejection("usage-events", 0, "acme", Arrays.copyOf(value, 65_536), value.length));

    JsonNode report = replay("--all");

    assertThat(report.at("/countByOutcome/SENT").asInt()).isEqualTo(1);
    List<String> lines =
        kafka.run("tail", "usage-events", "--from-beginning", "--no-follow", "--json").outLines();
    assertThat(lines).hasSize(2);
    JsonNode again = MAPPER.readTree(lines.get(1));
    assertThat(again.path("key").asText()).isEqualTo("acme");
    assertThat(again.path("bytes").binaryValue()).isEqualTo(value);
  }

  @Test
  void shouldSayWhatItCannotSendAgain() throws IOException {
    kafka.createTopics(1);
    byte[] value = "value".getBytes(StandardCharsets.UTF_8);
    byte[] other = "other".getBytes(StandardCharsets.UTF_8);
    kafka.write(TopicCatalogue.USAGE_EVENTS, "acme", value); // offset 0, a marker at 1
    kafka.write(TopicCatalogue.USAGE_EVENTS, "acme", value); // 2
    kafka.write(TopicCatalogue.USAGE_EVENTS, null, value); // 4
    kafka.write(
        rejection("usage-events", 0, "acme", value, value.length),
        rejection("usage-events", 2, "acme", value, value.length),
        rejection("usage-events", 4, null, value, value.length),
        rejection("usage-events", 1, "acme", value, value.length),
        rejection("usage-events", 99, "acme", value, value.length),
        rejection("claim-answers", 0, "acme", value, value.length));

    JsonNode report = replay("--topic", "usage-events");
    assertThat(outcomes(report)).containsExactly("SENT", "GONE", "COPY", "NO_KEY", "GONE");

    kafka.write(rejection("usage-events", 0, "acme", other, other.length));
    assertThat(outcomes(replay("--topic", "usage-events"))).contains("ANOTHER");
    assertThat(outcomes(replay("--topic", "claim-answers"))).containsExactly("NO_INPUT");
  }

  @Test
  void shouldListTheNewestOfThoseThatMatch() throws IOException {
    kafka.createTopics(2);
    assertThat(kafka.run("rejected", "list").out()).isEqualTo("No record was refused.\n");
    for (int i = 0; i < 5; i++) {
      kafka.write(rejection("usage-events", i, "acme", new byte[] {1}, 1));
    }
    kafka.write(rejection("payment-events", 9, "other", new byte[] {1}, 1));

    JsonNode json =
        MAPPER.readTree(
            kafka.run("rejected", "list", "--account", "acme", "--last", "2", "--json").out());

    assertThat(json.path("count").asInt()).isEqualTo(5);
    assertThat(json.at("/countByReason/MALFORMED").asInt()).isEqualTo(5);
    assertThat(json.path("newest").findValuesAsText("sourceOffset")).containsExactly("3", "4");
    assertThat(kafka.run("rejected", "list", "--reason", "TOO_LATE").out())
        .isEqualTo("No record was refused.\n");
  }

  @Test
  void shouldAskWhatToReplay() {
    CommandRun run = kafka.run("rejected", "replay");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("tollgate: say what to replay: --reason, --topic, --account, or --all");
    assertThat(kafka.run("rejected", "replay", "--all", "--reason", "UNPRICED").exitCode())
        .isEqualTo(2);
    assertThat(kafka.run("rejected", "list", "--topic", "usage").exitCode()).isEqualTo(2);
    assertThat(kafka.run("rejected", "list", "--last", "0").exitCode()).isEqualTo(2);
  }

  private JsonNode replay(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("rejected", "replay", "--json"));
    args.addAll(List.of(options));
    CommandRun run = kafka.run(args.toArray(String[]::new));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return MAPPER.readTree(run.out());
  }

  private static List<String> outcomes(JsonNode report) {
    return report.path("records").findValuesAsText("outcome");
  }

  private void produce(String line) {
    assertThat(kafka.runWithInput(line.replace('\'', '"'), "produce", "-").exitCode()).isZero();
  }

  private static RejectedEvent rejection(
      String topic, long offset, @Nullable String key, byte[] beginning, long length) {
    return RejectedEvent.newBuilder()
        .setReason(RejectionReason.MALFORMED)
        .setDetail("it is malformed")
        .setSourceTopic(topic)
        .setSourcePartition(0)
        .setSourceOffset(offset)
        .setSourceKey(key)
        .setSourceValue(ByteBuffer.wrap(beginning))
        .setSourceLength(length)
        .setRejectedAt(TIME.plusSeconds(offset))
        .build();
  }
}
