package io.tollgate.cli.rejected;

import io.tollgate.cli.kafka.RecordsAt;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.Partitioning;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends refused records again, as they are at their coordinates. The ids in them make it harmless
 * to send one that has been taken meanwhile; of equal ones the first is sent.
 */
final class Replay {

  /** What became of one refused record. */
  enum Outcome {
    SENT("sent again"),
    NOT_SENT_YET("would be sent again"),
    COPY("equal to one before, which is enough"),
    GONE("not in its topic any more"),
    ANOTHER("another record is at its coordinates: the topic was created anew"),
    NO_KEY("has no key, and would be refused again"),
    NO_INPUT("not of an input topic"),
    FAILED("not sent");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * One refused record and what became of it.
   *
   * @param detail where it is now, or why it was not sent; may be empty
   */
  record Result(Refusal refusal, Outcome outcome, String detail) {}

  private final RecordsAt originals;
  private final @Nullable Resender resender;
  private final Set<Digest> seen = new HashSet<>();
  private final List<Result> results = new ArrayList<>();

  /**
   * A replay.
   *
   * @param resender null: only looks what there is to send
   */
  Replay(RecordsAt originals, @Nullable Resender resender) {
    this.originals = originals;
    this.resender = resender;
  }

  /** Sends them all. Returns what became of each, by coordinates. */
  List<Result> run(Collection<Refusal> refusals) {
    Map<String, Map<Integer, Map<Long, Refusal>>> bySource = new TreeMap<>();
    for (Refusal refusal : refusals) {
      bySource
          .computeIfAbsent(refusal.source().topic(), topic -> new TreeMap<>())
          .computeIfAbsent(refusal.source().partition(), partition -> new TreeMap<>())
          .put(refusal.source().offset(), refusal);
    }
    bySource.forEach(
        (name, partitions) ->
            partitions.forEach((partition, offsets) -> run(name, partition, offsets)));
    if (resender != null) {
      results.addAll(resender.results());
    }
    results.sort(Comparator.comparing(result -> result.refusal().source()));
    return results;
  }

  private void run(String name, int partition, Map<Long, Refusal> offsets) {
    TopicSpec topic =
        TopicCatalogue.byName(name).filter(spec -> spec.direction() == Direction.IN).orElse(null);
    if (topic == null) {
      offsets.values().forEach(refusal -> add(refusal, Outcome.NO_INPUT));
      return;
    }
    originals.fetch(
        topic,
        partition,
        offsets.keySet(),
        (offset, record) -> take(topic, Objects.requireNonNull(offsets.get(offset)), record));
  }

  private void take(
      TopicSpec topic, Refusal refusal, @Nullable ConsumerRecord<byte[], byte[]> record) {
    if (record == null) {
      add(refusal, Outcome.GONE);
    } else if (!refusal.isOf(record)) {
      add(refusal, Outcome.ANOTHER);
    } else if (record.key() == null && topic.partitioning() == Partitioning.PER_ACCOUNT) {
      add(refusal, Outcome.NO_KEY);
    } else if (!seen.add(Digest.of(topic.name(), record.key(), record.value()))) {
      add(refusal, Outcome.COPY);
    } else if (resender == null) {
      add(refusal, Outcome.NOT_SENT_YET);
    } else {
      resender.send(refusal, record);
    }
  }

  private void add(Refusal refusal, Outcome outcome) {
    results.add(new Result(refusal, outcome, ""));
  }

  /** How many came out how. */
  static Map<Outcome, Long> counts(List<Result> results) {
    return results.stream()
        .collect(
            Collectors.groupingBy(
                Result::outcome, () -> new EnumMap<>(Outcome.class), Collectors.counting()));
  }
}
