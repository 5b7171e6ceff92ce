package io.tollgate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.UsageBlocked;
import io.tollgate.sandbox.CommandRun;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void shouldAccountForEachRequestAsTheTopicsDo() throws IOException {
    Path data = directory.resolve("demo");

    CommandRun run =
        CommandRun.of(
            "demo",
            "--requests",
            "500",
            "--accounts",
            "20",
            "--seed",
            "11",
            "--no-wait",
            "--json",
            "--dir",
            data.toString(),
            "--keep");

    assertThat(run.err()).doesNotContain("Exception");
    JsonNode json = MAPPER.readTree(run.out());
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(json.get("holds").asBoolean()).isTrue();
    assertThat(json.get("seed").asLong()).isEqualTo(11);
    try (EmbeddedKafka kafka =
        EmbeddedKafka.builder().dataDirectory(data.resolve("kafka")).start()) {
      compareWithTopics(json, kafka.bootstrapServers());
    }
  }

  private static void compareWithTopics(JsonNode json, String servers) {
    long sent = read(servers, TopicCatalogue.USAGE_EVENTS).size();
    List<LedgerEntry> entries =
        decode(read(servers, TopicCatalogue.LEDGER_ENTRIES), LedgerEntry.class);
    List<LedgerEntry> charges =
        entries.stream().filter(entry -> entry.getType() == EntryType.USAGE).toList();
    Map<String, Long> blocked = new TreeMap<>();
    decode(read(servers, TopicCatalogue.BLOCKED_USAGE), UsageBlocked.class)
        .forEach(block -> blocked.merge(block.getReason().name(), 1L, Long::sum));
    Map<String, Long> rejected = new TreeMap<>();
    decode(read(servers, TopicCatalogue.REJECTED_EVENTS), RejectedEvent.class)
        .forEach(rejection -> rejected.merge(rejection.getReason().name(), 1L, Long::sum));
    long duplicates = sent - charges.size() - sum(blocked) - sum(rejected);

    assertThat(sent).isEqualTo(500);
    assertThat(json.get("requests").asLong()).isEqualTo(sent);
    assertThat(json.get("charged").asLong()).isEqualTo(charges.size()).isPositive();
    assertThat(counts(json.get("blocked"))).isEqualTo(blocked).isNotEmpty();
    assertThat(counts(json.get("rejected"))).isEqualTo(rejected).hasSize(5);
    assertThat(json.get("duplicates").asLong()).isEqualTo(duplicates).isPositive();
    assertThat(json.get("chargedNanos").asLong())
        .isEqualTo(-charges.stream().mapToLong(LedgerEntry::getAmountNanos).sum());
    long ledger = entries.stream().mapToLong(LedgerEntry::getAmountNanos).sum();
    JsonNode totals = json.get("ledgerCheck").get("totals").get("USD");
    assertThat(totals.get("ledgerNanos").asLong()).isEqualTo(ledger);
    assertThat(totals.get("balanceNanos").asLong()).isEqualTo(ledger);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> counts(JsonNode node) {
    Map<String, Long> counts = new TreeMap<>();
    node.properties().forEach(field -> counts.put(field.getKey(), field.getValue().asLong()));
    return counts;
  }

  private static <T extends SpecificRecord> List<T> decode(List<byte[]> values, Class<T> type) {
    return values.stream().map(value -> type.cast(EventCodec.decode(value))).toList();
  }

  private static List<byte[]> read(String servers, TopicSpec topic) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    List<byte[]> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      String name = TopicNames.withDefaultPrefix().full(topic);
      List<TopicPartition> partitions =
          IntStream.range(0, 4).mapToObj(i -> new TopicPartition(name, i)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  @Test
  void shouldNameTheLineOfATraceThatIsWrong() throws IOException {
    Path trace = directory.resolve("trace.csv");
    Files.writeString(trace, "TIMESTAMP,ContextTokens,GeneratedTokens\nnever,1,2\n");

    CommandRun run = CommandRun.of("demo", "--trace", trace.toString(), "--no-wait");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("tollgate: %s, line 2: ".formatted(trace)).hasLineCount(1);
  }

  @Test
  void shouldRefuseNumbersThatMakeNoSense() {
    assertThat(CommandRun.of("demo", "--requests", "0").err())
        .isEqualTo("tollgate: --requests is 0; give a number from 1 to 10000000%n".formatted());
    assertThat(CommandRun.of("demo", "--accounts", "-1").exitCode()).isEqualTo(2);
    assertThat(CommandRun.of("demo", "--rate", "0").exitCode()).isEqualTo(2);
  }
}
