package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.UsageEvent;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.ProducerSettings;
import io.tollgate.producers.TollgateProducers;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restarts, retries and resends of producers lose and double nothing: a gateway is killed and sends
 * again what it does not know to be acknowledged, the broker is killed under it, and in the end
 * each call is charged once.
 *
 * <p>{@code -Dtollgate.crash.calls} makes it longer.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ProducerRestartIT {

  private static final int CALLS = Integer.getInteger("tollgate.crash.calls", 8_000);
  private static final int CRASHES = 4; // in turn of the gateway and of the broker
  private static final int ACCOUNTS = 20;
  private static final int PARTITIONS = 4;
  private static final long CREDIT_UNITS = 1_000_000;

  /** Of {@link Events#prices}: what one token costs, in nanos. */
  private static final long NANOS_PER_TOKEN = 3_000;

  /** Patience with one step, of which the longest is the pipeline's return after an outage. */
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

  private static final Map<String, String> SETTINGS =
      Map.of(TollgateConfig.STATE_BACKEND, "memory");

  @TempDir Path directory;

  @Test
  void shouldChargeEachCallOnceOverCrashesOfGatewayAndBroker() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(directory, PARTITIONS, SETTINGS)) {
      shouldChargeEachCallOnce(cluster, Files.createDirectory(directory.resolve("gateway")));
    }
  }

  private static void shouldChargeEachCallOnce(ProcessCluster cluster, Path log) throws Exception {
    TollgateConfig config = cluster.config();
    prepare(cluster.brokers());
    ChildProcess pipeline = cluster.startPipeline("0");
    ChildProcess gateway = startGateway(cluster, log);

    try (BooksReader reader = new BooksReader(config, PARTITIONS)) {
      for (int crash = 1; crash <= CRASHES; crash++) {
        int count = CALLS * crash / (CRASHES + 1);
        await(reader, pipeline, gateway, () -> UnsentLog.acknowledged(log) >= count);
        if (crash % 2 == 1) {
          gateway.kill();
          gateway = startGateway(cluster, log);
        } else {
          cluster.crashBroker();
        }
      }
      await(reader, pipeline, gateway, () -> UnsentLog.acknowledged(log) == CALLS);
      await(reader, pipeline, gateway, () -> reader.entries() >= CALLS + ACCOUNTS);

      List<UsageEvent> made = UnsentLog.made(log);
      assertThat(made).hasSize(CALLS);
      assertThat(made.stream().map(UsageEvent::getSource).distinct()).hasSize(1 + CRASHES / 2);
      assertThat(recordsIn(config, USAGE_EVENTS)).as("with resends").isGreaterThan(CALLS);
      assertBooks(reader, made);
    }
  }

  private static ChildProcess startGateway(ProcessCluster cluster, Path log) throws IOException {
    return cluster.start(
        GatewayMain.class,
        List.of(
            cluster.brokers(),
            log.toString(),
            Integer.toString(ACCOUNTS),
            Integer.toString(CALLS)));
  }

  /** A price, and more credit for each account than it will use. */
  private static void prepare(String brokers) throws Exception {
    try (EventProducer events = TollgateProducers.connect(ProducerSettings.of(brokers)).events()) {
      events.send(Events.prices(3 * Events.UNIT)).get();
      for (int i = 0; i < ACCOUNTS; i++) {
        events.send(Events.payment("account-" + i, "first", CREDIT_UNITS).build()).get();
      }
    }
  }

  private static void await(
      BooksReader reader, ChildProcess pipeline, ChildProcess gateway, Callable<Boolean> reached)
      throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!reached.call()) {
      assertThat(System.nanoTime() - deadline)
          .as("waited too long; %d entries so far", reader.entries())
          .isNegative();
      pipeline.requireAlive();
      assertThat(gateway.isAlive() || gateway.exitCode() == 0)
          .as("the gateway runs, or has ended well")
          .isTrue();
      reader.poll();
    }
  }

  private static long recordsIn(TollgateConfig config, TopicSpec topic) throws Exception {
    Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
    IntStream.range(0, PARTITIONS)
        .forEach(
            partition ->
                partitions.put(
                    new TopicPartition(config.topicNames().full(topic), partition),
                    OffsetSpec.latest()));
    try (Admin admin = Admin.create(config.adminClient())) {
      return admin.listOffsets(partitions).all().get().values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    }
  }

  private static void assertBooks(BooksReader reader, List<UsageEvent> made) {
    Map<String, List<UsageEvent>> byAccount =
        made.stream().collect(groupingBy(UsageEvent::getAccountId));
    assertThat(reader.faults()).isEmpty();
    assertThat(reader.rejected()).isZero();
    assertThat(reader.books().keySet()).isEqualTo(byAccount.keySet());
    byAccount.forEach(
        (account, events) -> {
          BooksReader.Books books = Objects.requireNonNull(reader.books().get(account));
          Set<String> causes = new HashSet<>(Set.of("payment-events/first"));
          events.forEach(event -> causes.add("usage-events/" + event.getEventId()));
          assertThat(books.causes()).as(account).isEqualTo(causes);
          long tokens = events.stream().mapToLong(UsageEvent::getInputTokens).sum();
          assertThat(books.balanceNanos())
              .as(account)
              .isEqualTo(CREDIT_UNITS * Events.UNIT - tokens * NANOS_PER_TOKEN);
        });
  }
}
