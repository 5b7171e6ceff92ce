package io.tollgate.consumers.gate;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Credit that the pipeline holds for calls of one account, to be spent without asking again. Calls
 * take from it in any thread; the gate's thread retires it.
 */
final class Lease {

  private final String id;
  private final boolean finalGrant;
  private final long renewAt;
  private final long usableUntil;
  private final long half;
  private final AtomicLong remaining;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong settled = new AtomicLong();
  private volatile boolean used;
  private volatile boolean retired;

  /**
   * @param granted nanos that are held
   * @param finalGrant whether that is all the account has
   * @param renewAt epoch milliseconds from which another is wanted
   * @param usableUntil epoch milliseconds from which no call takes from it
   */
  Lease(String id, long granted, boolean finalGrant, long renewAt, long usableUntil) {
    this.id = id;
    this.finalGrant = finalGrant;
    this.renewAt = renewAt;
    this.usableUntil = usableUntil;
    this.half = granted / 2;
    this.remaining = new AtomicLong(granted);
  }

  String id() {
    return id;
  }

  boolean isFinalGrant() {
    return finalGrant;
  }

  /** Whether a call of this estimate would get what it needs. */
  boolean covers(long estimate, long now) {
    return now < usableUntil && !retired && remaining.get() >= estimate;
  }

  /** Takes a call's estimate, if there is so much; then the call must end, one way or the other. */
  boolean take(long estimate, long now) {
    // Counted first: a lease that is retired with nothing in flight stays so.
    inFlight.incrementAndGet();
    if (now < usableUntil && !retired) {
      long before = remaining.get();
      while (before >= estimate) {
        if (remaining.compareAndSet(before, before - estimate)) {
          used = true;
          return true;
        }
        before = remaining.get();
      }
    }
    inFlight.decrementAndGet();
    return false;
  }

  /** Gives back what a call took and did not use; less than nothing if it used more. */
  void giveBack(long nanos) {
    remaining.addAndGet(nanos);
  }

  /**
   * Ends a call.
   *
   * @param reported whether Kafka has its usage
   */
  void endCall(boolean reported) {
    if (reported) {
      settled.incrementAndGet();
    }
    inFlight.decrementAndGet();
  }

  /** Whether the next one should be asked for, so that calls never wait for it. */
  boolean isToBeRenewed(long now) {
    return used && !finalGrant && (now >= renewAt || remaining.get() < half);
  }

  /** Whether it serves no more: at its end, or when nobody used it for half of its life. */
  boolean isOver(long now) {
    return now >= usableUntil || (now >= renewAt && !used);
  }

  /** Whether to keep it although there is another: it is not near its end, and has more left. */
  boolean isBetterThan(Lease other, long now) {
    return now < renewAt && remaining.get() > other.remaining.get();
  }

  void retire() {
    retired = true;
  }

  /** Whether calls that took from it are under way. */
  boolean isInUse() {
    return inFlight.get() > 0;
  }

  /** Whether it is retired and no call still uses it. */
  boolean isDone() {
    return retired && !isInUse();
  }

  /** How many reports of its calls Kafka has acknowledged. */
  long settled() {
    return settled.get();
  }
}
