package io.tollgate.streams.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends a workload at a steady rate from a thread of its own, whoever else may be dead. */
final class PacedSender implements AutoCloseable {

  private static final long PERIOD_MILLIS = 10;

  private final Producer<byte[], byte[]> producer;
  private final CrashWorkload workload;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  PacedSender(Producer<byte[], byte[]> producer, CrashWorkload workload) {
    this.producer = producer;
    this.workload = workload;
  }

  /** Starts to send so many records in about so many milliseconds; done when all are written. */
  CompletableFuture<Void> start(int records, long millis) {
    int perPeriod = (int) Math.max(1, records * PERIOD_MILLIS / millis);
    CompletableFuture<Void> done = new CompletableFuture<>();
    int[] left = {records};
    ScheduledFuture<?> task =
        timer.scheduleAtFixedRate(
            () -> {
              if (done.isDone()) {
                return;
              }
              for (int i = 0; i < perPeriod && left[0] > 0; i++, left[0]--) {
                send(workload.next());
              }
              if (left[0] == 0) {
                finish(done);
              }
            },
            0,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
    return done.whenComplete((all, failed) -> task.cancel(false));
  }

  private void finish(CompletableFuture<Void> done) {
    producer.flush();
    Exception failed = failure.get();
    if (failed == null) {
      done.complete(null);
    } else {
      done.completeExceptionally(failed);
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

  /** Sends these now, and returns when they are written. */
  void sendAll(Iterable<ProducerRecord<byte[], byte[]>> records) {
    records.forEach(this::send);
    producer.flush();
    Exception failed = failure.get();
    if (failed != null) {
      throw new AssertionError("a record was not written", failed);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    producer.close();
  }
}
