package io.tollgate.system;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends records at a steady rate from a thread of its own, whoever else may be dead. */
final class PacedSender implements AutoCloseable {

  private static final long PERIODS_PER_SECOND = 100;
  private static final long STOP_SECONDS = 30;

  private final Producer<byte[], byte[]> producer;
  private final Supplier<@Nullable ProducerRecord<byte[], byte[]>> workload;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final AtomicLong sent = new AtomicLong();

  /**
   * Sends nothing yet.
   *
   * @param workload the next record to send; null once there is no more
   */
  PacedSender(
      Producer<byte[], byte[]> producer,
      Supplier<@Nullable ProducerRecord<byte[], byte[]>> workload) {
    this.producer = producer;
    this.workload = workload;
  }

  /** Starts to send about so many records a second, until stopped. */
  void start(long perSecond) {
    long perPeriod = Math.max(1, perSecond / PERIODS_PER_SECOND);
    var unused =
        timer.scheduleAtFixedRate(
            () -> sendSome(perPeriod), 0, 1_000 / PERIODS_PER_SECOND, TimeUnit.MILLISECONDS);
  }

  private void sendSome(long count) {
    for (long i = 0; i < count; i++) {
      ProducerRecord<byte[], byte[]> next = workload.get();
      if (next == null) {
        return;
      }
      send(next);
      sent.incrementAndGet();
    }
  }

  /** How many records were sent since the start. */
  long sent() {
    return sent.get();
  }

  /** Returns when all that was sent is written. */
  void stop() throws InterruptedException {
    timer.shutdown();
    if (!timer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the sender does not stop");
    }
    flush();
  }

  /** Sends these now, and returns when they are written. */
  void sendAll(Iterable<ProducerRecord<byte[], byte[]>> records) {
    records.forEach(this::send);
    flush();
  }

  private void flush() {
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new AssertionError("a record was not written", failed);
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, failed) -> {
              if (failed != null) {
                failure.compareAndSet(null, failed);
              }
            });
  }

  @Override
  public void close() {
    timer.shutdownNow();
    producer.close();
  }
}
