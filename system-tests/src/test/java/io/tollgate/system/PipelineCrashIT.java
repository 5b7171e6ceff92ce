package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.PRICE_BOOK;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.LotBalance;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.streams.config.TollgateConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exactly-once over crashes: the pipeline is killed while its input keeps flowing, once and once
 * more with its state deleted; the books are those of an undisturbed run.
 *
 * <p>{@code -Dtollgate.crash.events} and {@code -Dtollgate.crash.kills} make it longer, {@code
 * -Dtollgate.crash.backend} chooses the stores.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class PipelineCrashIT {

  private static final int EVENTS = Integer.getInteger("tollgate.crash.events", 20_000);
  private static final int KILLS = Integer.getInteger("tollgate.crash.kills", 1);
  private static final String BACKEND = System.getProperty("tollgate.crash.backend", "rocksdb");
  private static final int PARTITIONS = 4;
  private static final long SEED = 20_260_101;

  /** Of input: slow enough that it flows until after the last crash, two minutes at most. */
  private static final long PER_SECOND = Math.max(500, EVENTS / 120);

  /** Patience with one step, of which restoring the state after a crash is the longest. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60L + EVENTS / 1_000);

  private static final Map<String, String> SETTINGS =
      Map.of(
          TollgateConfig.STATE_BACKEND,
          BACKEND,
          // The shortest that a broker allows: a crash is noticed as soon as can be.
          TollgateConfig.SESSION_TIMEOUT,
          "PT6S",
          TollgateConfig.TRANSACTION_TIMEOUT,
          "PT3S",
          TollgateConfig.BALANCE_PUBLISH_INTERVAL,
          "PT1S");

  @TempDir Path directory;

  @Test
  void shouldKeepTheBooksOverCrashes() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(directory, PARTITIONS, SETTINGS)) {
      shouldKeepTheBooksOverCrashes(cluster);
    }
  }

  private static void shouldKeepTheBooksOverCrashes(ProcessCluster cluster) throws Exception {
    TollgateConfig config = cluster.config();
    CrashWorkload workload = new CrashWorkload(config.topicNames(), SEED, Instant.now());
    try (PacedSender sender =
            new PacedSender(new KafkaProducer<>(config.producer()), workload::next);
        BooksReader reader = new BooksReader(config, PARTITIONS)) {
      sender.sendAll(List.of(prices(config.topicNames())));
      ChildProcess pipeline = cluster.startPipeline("0");
      sender.sendAll(workload.firstPurchases());
      int accounts = workload.expected().size();
      await(reader, pipeline, "the first purchases", () -> reader.entries() == accounts);

      sender.start(PER_SECOND);
      long section = EVENTS / (KILLS + 2);
      for (int kill = 1; kill <= KILLS + 1; kill++) {
        long sent = kill * section;
        long entries = reader.entries() + section / 4;
        await(
            reader,
            pipeline,
            "progress before the next crash",
            () -> sender.sent() >= sent && reader.entries() >= entries);
        pipeline.kill();
        if (kill > KILLS) {
          deleteState(cluster.stateDirectory("0"));
        }
        pipeline = cluster.startPipeline("0");
      }
      await(reader, pipeline, "the last records sent", () -> sender.sent() >= EVENTS);
      sender.stop();
      sender.sendAll(workload.last());

      await(reader, pipeline, "the last entries", () -> isComplete(reader, workload));
      assertThat(reader.faults()).isEmpty();
      assertBooks(reader, workload);
    }
  }

  private static ProducerRecord<byte[], byte[]> prices(TopicNames names) {
    return new ProducerRecord<>(
        names.full(PRICE_BOOK),
        Events.MODEL.getBytes(StandardCharsets.UTF_8),
        EventCodec.encode(Events.prices(CrashWorkload.NANOS_PER_MILLION)));
  }

  private static void await(
      BooksReader reader, ChildProcess pipeline, String what, BooleanSupplier reached) {
    reader.await(what, PATIENCE_NANOS, pipeline, reached, () -> {});
  }

  /**
   * Whether every last record of an account has had its effect, and its balance was published. What
   * came before it in its partition was processed before it.
   */
  private static boolean isComplete(BooksReader reader, CrashWorkload workload) {
    return workload.expected().keySet().stream()
        .allMatch(
            account -> {
              BooksReader.Books books = reader.books().get(account);
              AccountBalance balance = reader.balances().get(account);
              return books != null
                  && balance != null
                  && books.causes().contains("usage-events/last")
                  && books.causes().contains("payment-events/last")
                  && balance.getVersion() == books.version();
            });
  }

  private static void assertBooks(BooksReader reader, CrashWorkload workload) {
    assertThat(reader.books()).hasSameSizeAs(workload.expected());
    assertThat(reader.rejected()).isEqualTo(workload.garbage());
    Map<String, Long> balances = new HashMap<>();
    workload
        .expected()
        .forEach(
            (account, expected) -> {
              BooksReader.Books books = Objects.requireNonNull(reader.books().get(account));
              AccountBalance balance = Objects.requireNonNull(reader.balances().get(account));
              assertThat(books.causes()).as(account).isEqualTo(expected.causes());
              assertThat(books.version()).isEqualTo(expected.causes().size());
              assertThat(books.balanceNanos()).as(account).isEqualTo(expected.balanceNanos());
              assertThat(balance.getPostedNanos()).isEqualTo(expected.balanceNanos());
              assertThat(balance.getDebtNanos()).isZero();
              assertThat(balance.getLifetime().getUsed()).isEqualTo(expected.usedNanos());
              assertThat(balance.getLots().stream().mapToLong(LotBalance::getRemainingNanos).sum())
                  .isEqualTo(expected.balanceNanos());
              balances.put(account, balance.getPostedNanos());
            });
    assertThat(balances).hasSameSizeAs(workload.expected());
  }

  private static void deleteState(Path state) throws IOException {
    if (BACKEND.equals("memory")) {
      assertThat(state).doesNotExist(); // stores in memory leave nothing to delete
      return;
    }
    assertThat(state).isNotEmptyDirectory();
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
