package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static io.tollgate.system.Events.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.consumers.gate.AccessGate;
import io.tollgate.consumers.gate.GateSettings;
import io.tollgate.events.BlockReason;
import io.tollgate.events.VerificationStatus;
import io.tollgate.events.VerificationUpdated;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.TollgateProducers;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a verification that is written to the gate's answer, while usage flows: accounts are
 * verified and revoked in turn, at a pace of their own, and each answer of the gate has to change.
 *
 * <p>{@code -Dtollgate.freshness.samples} and {@code -Dtollgate.freshness.rate}, usage a second,
 * make it a measurement; {@code -Dtollgate.freshness.identity=true} has identities claimed too.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class GateFreshnessIT {

  private static final int SAMPLES = Integer.getInteger("tollgate.freshness.samples", 20);
  private static final int RATE = Integer.getInteger("tollgate.freshness.rate", 200);
  private static final boolean IDENTITY = Boolean.getBoolean("tollgate.freshness.identity");

  private static final int PARTITIONS = 4;
  private static final int GATED_ACCOUNTS = 50;
  private static final int USING_ACCOUNTS = 200;
  private static final String GATED_CAPABILITY = "streaming";

  /** No multiple of the commit interval, so that changes come at any time within it. */
  private static final long CHANGE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(37);

  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  @TempDir Path directory;

  @Test
  void shouldAnswerByEveryVerification() throws Exception {
    Histogram histogram = new Histogram();
    long backlog;
    try (ProcessCluster cluster = ProcessCluster.start(directory, PARTITIONS, Map.of());
        EventProducer events = TollgateProducers.connect(cluster.brokers()).events()) {
      prepare(events);
      ChildProcess pipeline = cluster.startPipeline("0");
      TollgateConfig config = cluster.config();
      try (AccessGate gate =
              AccessGate.start(
                  GateSettings.of(cluster.brokers(), "gateway"),
                  TollgateProducers.connect(cluster.brokers()));
          PacedSender usage =
              new PacedSender(
                  new KafkaProducer<>(config.producer()), new Usage(config.topicNames())::next)) {
        List<Gated> accounts =
            IntStream.range(0, GATED_ACCOUNTS).mapToObj(i -> new Gated("gated-" + i)).toList();
        // The first round is no sample: restoring, compiling, first fetches.
        change(pipeline, gate, events, accounts, GATED_ACCOUNTS, new Histogram());
        usage.start(RATE);
        change(pipeline, gate, events, accounts, SAMPLES, histogram);
        backlog = backlog(config);
        usage.stop();
      }
    }
    System.out.printf(
        "Freshness at %d usage/s%s: %s; %d usage behind at the end%n",
        RATE, IDENTITY ? ", with identities" : "", histogram, backlog);
    assertThat(histogram.count()).isEqualTo(SAMPLES);
  }

  private static void prepare(EventProducer events) throws Exception {
    events.send(Events.prices(3 * UNIT)).get();
    events.send(Events.policy(GATED_CAPABILITY)).get();
    for (int i = 0; i < USING_ACCOUNTS; i++) {
      var unused = events.send(Events.payment("using-" + i, "p", 1_000_000).build());
    }
    events.flush();
  }

  /** Changes accounts in turn until so many answers have changed. */
  private static void change(
      ChildProcess pipeline,
      AccessGate gate,
      EventProducer events,
      List<Gated> accounts,
      int changes,
      Histogram histogram) {
    long next = System.nanoTime();
    long deadline = next + changes * CHANGE_EVERY_NANOS + PATIENCE_NANOS;
    int sent = 0;
    while (histogram.count() < changes) {
      long now = System.nanoTime();
      assertThat(now - deadline).as("waited too long after %s", histogram.count()).isNegative();
      pipeline.requireAlive();
      Gated account = accounts.get(sent % GATED_ACCOUNTS);
      if (sent < changes && now >= next && !account.isAwaited()) {
        account.change(events);
        sent++;
        next += CHANGE_EVERY_NANOS;
      }
      accounts.forEach(each -> each.look(gate, histogram));
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** An account that is verified and revoked in turn. */
  private static final class Gated {
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final String id;
    private boolean verified;
    private boolean awaited;
    private volatile long writtenAt = UNKNOWN;

    Gated(String id) {
      this.id = id;
    }

    boolean isAwaited() {
      return awaited;
    }

    void change(EventProducer events) {
      verified = !verified;
      awaited = true;
      writtenAt = UNKNOWN;
      var unused =
          events
              .send(
                  VerificationUpdated.newBuilder()
                      .setAccountId(id)
                      .setStatus(
                          verified ? VerificationStatus.VERIFIED : VerificationStatus.REVOKED)
                      .setIdentityHash(IDENTITY ? "identity-of-" + id : null)
                      .setOccurredAt(Instant.now())
                      .build())
              .thenRun(() -> writtenAt = System.nanoTime());
    }

    void look(AccessGate gate, Histogram histogram) {
      long written = writtenAt;
      if (!awaited || written == UNKNOWN) {
        return;
      }
      BlockReason reason = gate.check(id, Events.MODEL, List.of(GATED_CAPABILITY), 1).reason();
      if (verified == (reason != BlockReason.VERIFICATION_REQUIRED)) {
        histogram.add(System.nanoTime() - written);
        awaited = false;
      }
    }
  }

  /** Usage of the accounts that have credit, in turn. */
  private static final class Usage {
    private final TopicNames names;
    private int next;

    Usage(TopicNames names) {
      this.names = names;
    }

    ProducerRecord<byte[], byte[]> next() {
      String account = "using-" + next % USING_ACCOUNTS;
      return new ProducerRecord<>(
          names.full(USAGE_EVENTS),
          account.getBytes(StandardCharsets.UTF_8),
          EventCodec.encode(Events.usage(account, "u" + next++).setInputTokens(1_000).build()));
    }
  }

  /** How much usage is written and not yet committed by the pipeline. */
  private static long backlog(TollgateConfig config) throws Exception {
    List<TopicPartition> partitions =
        IntStream.range(0, PARTITIONS)
            .mapToObj(i -> new TopicPartition(config.topicNames().full(USAGE_EVENTS), i))
            .toList();
    try (Admin admin = Admin.create(config.adminClient())) {
      Map<TopicPartition, OffsetAndMetadata> done =
          admin
              .listConsumerGroupOffsets(config.applicationId())
              .partitionsToOffsetAndMetadata()
              .get();
      long behind = 0;
      for (TopicPartition partition : partitions) {
        long end =
            admin
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
        OffsetAndMetadata at = done.get(partition);
        behind += end - (at == null ? 0 : at.offset());
      }
      return behind;
    }
  }
}
