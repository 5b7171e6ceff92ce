package io.tollgate.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.cli.CommandRun;
import io.tollgate.cli.Console;
import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.cli.kafka.TestInstallation;
import io.tollgate.cli.verify.Books;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.config.TollgateConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class TailCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String[] ALL = {"tail", "ledger-entries", "--from-beginning", "--no-follow"};

  @RegisterExtension final TestInstallation kafka = new TestInstallation();

  @Test
  void shouldPrintWhatIsCommittedOfOneAccount() {
    kafka.createTopics(3);
    kafka.write(books("acme"));
    kafka.write(books("other"));
    kafka.writeInVain(books("acme"));

    CommandRun run =
        kafka.run("tail", "ledger-entries", "--from-beginning", "--no-follow", "--account", "acme");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLines()).hasSize(4);
    assertThat(run.outLines().get(2))
        .matches("\\d{4}-.*Z  acme  LedgerEntry  .*")
        .endsWith(
            "USAGE -0.000000008 for c3, balance -0.000000001, debt 0.000000001, entry acme:3");
    assertThat(kafka.run(ALL).outLines()).hasSize(8);
  }

  @Test
  void shouldPrintLinesThatCanBeProducedAgain() throws IOException {
    kafka.createTopics(2);
    String line =
        "{'topic':'account-events','type':'AccountSuspended',"
            + "'value':{'accountId':'acme','occurredAt':'2026-01-01T00:00:00.000Z'}}";
    String[] tail = {"tail", "account-events", "--from-beginning", "--no-follow", "--json"};
    kafka.runWithInput(line.replace('\'', '"'), "produce", "-");

    CommandRun first = kafka.run(tail);
    assertThat(kafka.runWithInput(first.out(), "produce", "-").exitCode()).isZero();

    List<String> lines = kafka.run(tail).outLines();
    assertThat(lines).hasSize(2);
    JsonNode printed = MAPPER.readTree(lines.get(1));
    assertThat(printed.path("key").asText()).isEqualTo("acme");
    assertThat(printed.path("value")).isEqualTo(MAPPER.readTree(lines.get(0)).path("value"));
    assertThat(printed.path("type").asText()).isEqualTo("AccountSuspended");
  }

  @Test
  void shouldShowWhatIsNoRecordAndWhatIsRemoved() throws IOException {
    kafka.createTopics(1);
    kafka.write(TopicCatalogue.ACCOUNT_ACCESS, "acme", null);
    kafka.write(TopicCatalogue.ACCOUNT_ACCESS, "other", new byte[] {1, 2});

    List<String> lines =
        kafka.run("tail", "account-access", "--from-beginning", "--no-follow").outLines();

    assertThat(lines.get(0)).endsWith("  acme  removed");
    assertThat(lines.get(1)).containsPattern("  other  account-access-0@\\d+ is no record: ");
    JsonNode json =
        MAPPER.readTree(
            kafka
                .run("tail", "account-access", "--from-beginning", "--no-follow", "--json")
                .outLines()
                .get(1));
    assertThat(json.path("bytes").asText()).isEqualTo("AQI=");
    assertThat(json.path("undecodable").asText()).isNotEmpty();
  }

  @Test
  void shouldFollowFromNowOnUntilNobodyReads() throws Exception {
    kafka.createTopics(1);
    kafka.write(books("before"));
    TollgateConfig config = kafka.config(Map.of());
    OneLine reader = new OneLine();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            reader,
            OutputStream.nullOutputStream(),
            false,
            false);
    try (CommittedRecords records =
        CommittedRecords.all(config, TopicCatalogue.LEDGER_ENTRIES).fromNowOn()) {
      kafka.write(books("after"));

      new TailRun(TopicCatalogue.LEDGER_ENTRIES, null, console, true)
          .run(records, true, () -> reader.isClosed() && writeMore());
    }

    assertThat(reader.text()).contains("after:1").doesNotContain("before");
  }

  /** Gives the run something that it cannot write any more. */
  private boolean writeMore() {
    kafka.write(books("more"));
    return false;
  }

  /** Output that ends, like that of {@code head}, when something has been read. */
  private static final class OneLine extends OutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      if (isClosed()) {
        throw new IOException("Broken pipe");
      }
      bytes.write(b);
    }

    boolean isClosed() {
      return text().contains("\n");
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void shouldRefuseATopicThatIsNone() {
    CommandRun run = kafka.run("tail", "ledger");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("tollgate: there is no topic ledger; 'tollgate tail --help'");
    assertThat(CommandRun.of("tail", "--help").out()).contains("ledger-entries", "usage-events");
  }

  @Test
  void shouldRefuseAnAccountWhereThereAreNone() {
    CommandRun run = kafka.run("tail", "price-book", "--account", "acme");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("belong to no account: their key is model");
  }

  @Test
  void shouldSayThatTopicsAreMissing() {
    CommandRun run = kafka.run(ALL);

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).startsWith("tollgate: there is no topic " + kafka.prefix());
  }

  private static SpecificRecord[] books(String account) {
    return Books.entries(account).toArray(SpecificRecord[]::new);
  }
}
