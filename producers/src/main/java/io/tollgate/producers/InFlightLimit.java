package io.tollgate.producers;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/** Room for events that were sent and are neither acknowledged nor failed. */
final class InFlightLimit {

  private final int limit;
  private final Duration maxWait;
  private final Semaphore room;

  InFlightLimit(int limit, Duration maxWait) {
    this.limit = limit;
    this.maxWait = maxWait;
    this.room = new Semaphore(limit);
  }

  /**
   * Takes room for one event; waits for it if there is none.
   *
   * @throws BackPressureException if there was none in time
   * @throws InterruptException if the thread was interrupted while it waited
   */
  void enter() {
    try {
      if (!room.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BackPressureException(limit, maxWait);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e); // and sets the flag again
    }
  }

  void leave() {
    room.release();
  }

  int inFlight() {
    return limit - room.availablePermits();
  }
}
