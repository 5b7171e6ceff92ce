package io.tollgate.streams.app;

import io.tollgate.events.ClockTick;
import io.tollgate.schemas.serde.EventCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source of time: writes a tick a second to the clock partitions of the tasks that run here.
 * Ticks queue behind the backlog of the same broker, so that after an outage nothing is due before
 * what had arrived in time is processed. During a rebalance two instances may tick for one
 * partition; that does no harm.
 */
final class ClockTicker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClockTicker.class);

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final AtomicBoolean failing = new AtomicBoolean();
  private final Clock clock;
  private final Supplier<Set<TopicPartition>> partitions;
  private final Producer<byte[], byte[]> producer;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "tollgate-clock");
            thread.setDaemon(true);
            return thread;
          });

  ClockTicker(
      Clock clock, Map<String, Object> producerConfig, Supplier<Set<TopicPartition>> partitions) {
    this.clock = clock;
    this.partitions = partitions;
    this.producer =
        new KafkaProducer<>(producerConfig, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void start() {
    var unused =
        timer.scheduleAtFixedRate(
            this::tick, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      byte[] tick = EventCodec.encode(new ClockTick(clock.instant()));
      for (TopicPartition partition : partitions.get()) {
        var unused =
            producer.send(
                new ProducerRecord<>(partition.topic(), partition.partition(), null, tick),
                (metadata, failure) -> report(failure));
      }
    } catch (RuntimeException e) {
      report(e);
    }
  }

  /** The first of a row of failures, and the end of the row: a broker may be away for long. */
  private void report(@Nullable Exception failure) {
    boolean before = failing.getAndSet(failure != null);
    if (failure != null && !before) {
      LOG.warn(
          "Clock ticks cannot be written; deadlines wait until they can: {}", failure.toString());
    } else if (failure == null && before) {
      LOG.warn("Clock ticks are written again");
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    producer.close(CLOSE_TIMEOUT);
  }
}
