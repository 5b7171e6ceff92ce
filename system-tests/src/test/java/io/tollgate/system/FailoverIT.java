package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.PRICE_BOOK;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances with a standby of each task, of which one is killed in turn under load: the other
 * goes on with every account, and the books are right. Prints how long partitions were silent; that
 * is measured, not asserted.
 *
 * <p>{@code -Dtollgate.failover.kills} makes it longer, {@code -Dtollgate.failover.rate} changes
 * the records a second.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class FailoverIT {

  private static final int KILLS = Integer.getInteger("tollgate.failover.kills", 1);
  private static final int RATE = Integer.getInteger("tollgate.failover.rate", 500);
  private static final int PARTITIONS = 4;
  private static final long SEED = 20_260_601;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

  @TempDir Path directory;
  private final List<ChildProcess> alive = new ArrayList<>();

  @Test
  void shouldGoOnWithEveryAccountWhenAnInstanceDies() throws Exception {
    // Timeouts are the defaults: they are what is measured.
    Map<String, String> settings = Map.of(TollgateConfig.NUM_STANDBY_REPLICAS, "1");
    try (ProcessCluster cluster = ProcessCluster.start(directory, PARTITIONS, settings)) {
      TollgateConfig config = cluster.config();
      CrashWorkload workload = new CrashWorkload(config.topicNames(), SEED, Instant.now());
      try (PacedSender sender =
              new PacedSender(new KafkaProducer<>(config.producer()), workload::next);
          BooksReader reader = new BooksReader(config, PARTITIONS)) {
        sender.sendAll(
            List.of(
                new ProducerRecord<>(
                    config.topicNames().full(PRICE_BOOK),
                    Events.MODEL.getBytes(StandardCharsets.UTF_8),
                    EventCodec.encode(Events.prices(CrashWorkload.NANOS_PER_MILLION)))));
        alive.add(cluster.startPipeline("0"));
        alive.add(cluster.startPipeline("1"));
        sender.sendAll(workload.firstPurchases());
        int accounts = workload.expected().size();
        await(reader, "the first purchases", () -> reader.entries() == accounts);
        sender.start(RATE);

        List<Long> silences = new ArrayList<>();
        for (int kill = 1; kill <= KILLS; kill++) {
          awaitEachPartition(reader); // both are at work, and the last one killed is back
          alive.remove(0).kill();
          silences.add(silenceMillis(reader));
          alive.add(cluster.startPipeline(Integer.toString(kill + 1)));
        }
        sender.stop();
        sender.sendAll(workload.last());
        await(reader, "the last entries", () -> isComplete(reader, workload));

        assertThat(reader.faults()).isEmpty();
        assertThat(reader.rejected()).isEqualTo(workload.garbage());
        workload
            .expected()
            .forEach(
                (account, expected) ->
                    assertThat(reader.books().get(account))
                        .as(account)
                        .satisfies(
                            books -> {
                              assertThat(books.causes()).isEqualTo(expected.causes());
                              assertThat(books.balanceNanos()).isEqualTo(expected.balanceNanos());
                            }));
        Collections.sort(silences);
        System.out.printf(
            "failover: %d kills at %d records a second; the longest silence of a partition was"
                + " %,d ms at best, %,d ms in the middle, %,d ms at worst%n",
            KILLS, RATE, silences.get(0), silences.get(KILLS / 2), silences.get(KILLS - 1));
      }
    }
  }

  /** How long the partition was silent that was so the longest, from now until all speak again. */
  private long silenceMillis(BooksReader reader) {
    long start = System.nanoTime();
    long longest = 0;
    Map<Integer, Long> before = new HashMap<>(reader.entriesByPartition());
    Map<Integer, Long> spokeAt = new HashMap<>();
    Map<Integer, Integer> spoke = new HashMap<>();
    // A partition may still show what was committed before the kill; the second time is news.
    while (spoke.values().stream().filter(times -> times > 1).count() < PARTITIONS) {
      poll(reader, "every partition after a kill", start);
      long now = System.nanoTime();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        long entries = reader.entriesByPartition().getOrDefault(partition, 0L);
        if (entries > before.getOrDefault(partition, 0L)) {
          longest = Math.max(longest, now - spokeAt.getOrDefault(partition, start));
          spokeAt.put(partition, now);
          spoke.merge(partition, 1, Integer::sum);
          before.put(partition, entries);
        }
      }
    }
    return TimeUnit.NANOSECONDS.toMillis(longest);
  }

  private void awaitEachPartition(BooksReader reader) {
    Map<Integer, Long> before = new HashMap<>(reader.entriesByPartition());
    await(
        reader,
        "each partition",
        () ->
            reader.entriesByPartition().entrySet().stream()
                    .filter(now -> now.getValue() > before.getOrDefault(now.getKey(), 0L))
                    .count()
                == PARTITIONS);
  }

  private void await(BooksReader reader, String what, BooleanSupplier reached) {
    long start = System.nanoTime();
    while (!reached.getAsBoolean()) {
      poll(reader, what, start);
    }
  }

  private void poll(BooksReader reader, String what, long waitingSince) {
    assertThat(System.nanoTime() - waitingSince)
        .as("waited too long for %s; %d entries so far", what, reader.entries())
        .isLessThan(PATIENCE_NANOS);
    alive.forEach(ChildProcess::requireAlive);
    assertThat(reader.faults()).isEmpty();
    reader.poll();
  }

  private static boolean isComplete(BooksReader reader, CrashWorkload workload) {
    return workload.expected().keySet().stream()
        .map(account -> reader.books().get(account))
        .allMatch(
            books ->
                books != null
                    && books.causes().contains("usage-events/last")
                    && books.causes().contains("payment-events/last"));
  }
}
