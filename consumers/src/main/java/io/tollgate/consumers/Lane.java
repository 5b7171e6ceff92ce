package io.tollgate.consumers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition on their way through the handlers: one at a time and in order, each
 * until it is done with.
 *
 * <p>A record that waits for its next attempt holds back all behind it, those of other accounts
 * too: a partition has one committed offset, and what is handled beyond it would be handled again
 * after a crash. The lane takes a thread only while a handler runs, and for one record at a time,
 * so that partitions take turns.
 */
final class Lane {

  private static final long NO_CALL = -1;

  private final Dispatcher dispatcher;
  private final Workers workers;
  private final Consumer<Throwable> faults;

  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private @Nullable OffsetAndMetadata handledUpTo;
  private int failures;
  private boolean scheduled;
  private long callSince = NO_CALL;
  private volatile boolean stopped;

  /**
   * @param faults told what must stop the consumer
   */
  Lane(Dispatcher dispatcher, Workers workers, Consumer<Throwable> faults) {
    this.dispatcher = dispatcher;
    this.workers = workers;
    this.faults = faults;
  }

  /** Adds records behind those that wait. */
  synchronized void add(List<ConsumerRecord<byte[], byte[]>> records) {
    waiting.addAll(records);
    if (!scheduled) {
      schedule(0);
    }
  }

  /** Takes up no further record; the one in flight goes on. */
  void stop() {
    stopped = true;
  }

  /** Waits until no record is in flight, and says whether that is so. */
  synchronized boolean awaitIdle(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (callSince != NO_CALL) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** The offset up to which records are handled; null if none is. */
  synchronized @Nullable OffsetAndMetadata handledUpTo() {
    return handledUpTo;
  }

  /** How many records wait or are in flight. */
  synchronized int size() {
    return waiting.size();
  }

  /** How long the present call of a handler has been running, in milliseconds; 0 if none is. */
  synchronized long callMillis() {
    return callSince == NO_CALL ? 0 : workers.millis() - callSince;
  }

  private void schedule(long delayMillis) {
    scheduled = true;
    workers.run(this::handleNext, delayMillis);
  }

  // Deliberately broad: whatever a handler throws beyond exceptions must stop the consumer.
  private void handleNext() {
    ConsumerRecord<byte[], byte[]> record;
    int attempt;
    synchronized (this) {
      if (stopped) {
        return;
      }
      record = waiting.getFirst();
      attempt = failures + 1;
      callSince = workers.millis();
    }
    try {
      finish(record, dispatcher.attempt(record, attempt, () -> stopped));
    } catch (Throwable fault) {
      stop();
      endCall();
      faults.accept(fault);
    }
  }

  private synchronized void finish(ConsumerRecord<byte[], byte[]> record, OptionalLong pause) {
    if (pause.isEmpty()) {
      waiting.removeFirst();
      handledUpTo = new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), "");
      failures = 0;
    } else {
      failures++;
    }
    endCall();
    if (waiting.isEmpty()) {
      scheduled = false;
    } else {
      schedule(pause.orElse(0));
    }
  }

  private synchronized void endCall() {
    callSince = NO_CALL;
    notifyAll();
  }
}
