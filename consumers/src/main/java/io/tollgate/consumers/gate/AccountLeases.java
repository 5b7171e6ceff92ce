package io.tollgate.consumers.gate;

import io.tollgate.events.AuthorizationRequested;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one account: the one that calls take from, the request for the next, and those
 * whose last calls are not settled. Calls read it in any thread; only the gate's thread changes it.
 */
final class AccountLeases {

  private final String accountId;

  /** Set by calls that lack a lease, until the gate's thread has seen it. */
  private final AtomicBoolean wanted = new AtomicBoolean();

  private final AtomicLong wantedNanos = new AtomicLong();

  /**
   * Estimates of calls that went ahead without a lease since the last grant, less what is known.
   */
  private final AtomicLong unleased = new AtomicLong();

  private volatile @Nullable Lease current;
  private volatile @Nullable AccessDecision denial;

  private volatile @Nullable AuthorizationRequested pending;
  private volatile long askNotBefore;
  private int answers;

  // Of the gate's thread only.
  private final List<Lease> retiring = new ArrayList<>();
  private long resendAt;

  AccountLeases(String accountId) {
    this.accountId = accountId;
  }

  String accountId() {
    return accountId;
  }

  @Nullable Lease current() {
    return current;
  }

  /** The last answer, if it was a denial: it stands until there is another. */
  @Nullable AccessDecision denial() {
    return denial;
  }

  /** Notes that a call would need so much; true if the gate's thread is to be told. */
  boolean want(long nanos, long now) {
    if (wantedNanos.get() < nanos) {
      wantedNanos.accumulateAndGet(nanos, Math::max);
    }
    return mayAsk(now) && !wanted.get() && wanted.compareAndSet(false, true);
  }

  /** Whether no request is under way, and the last answer is not from just now. */
  boolean mayAsk(long now) {
    return pending == null && now >= askNotBefore;
  }

  /** Whether an answer is to be expected. */
  boolean isAsking() {
    return pending != null || wanted.get();
  }

  /** Whether a call of this estimate fits an allowance for calls without a lease. */
  boolean fits(long estimate, long allowance) {
    return allowance - unleased.get() >= estimate;
  }

  /** Takes a call's estimate from an allowance, if there is so much. */
  boolean takeUnleased(long estimate, long allowance) {
    long before = unleased.get();
    while (allowance - before >= estimate) {
      if (unleased.compareAndSet(before, before + estimate)) {
        return true;
      }
      before = unleased.get();
    }
    return false;
  }

  void giveBackUnleased(long nanos) {
    unleased.addAndGet(-nanos);
  }

  /** How many answers there have been. */
  synchronized int answers() {
    return answers;
  }

  /**
   * Waits until there is another answer.
   *
   * @param before how many there were when the call found no lease
   * @param now epoch milliseconds
   * @param patience milliseconds that an answer may take; a request that has waited longer already
   *     is not waited for
   */
  synchronized void awaitAnswer(int before, long now, long patience) throws InterruptedException {
    AuthorizationRequested request = pending;
    long asked = request == null ? now : request.getRequestedAt().toEpochMilli();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(asked + patience - now);
    while (answers == before) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  // What follows is for the gate's thread.

  /** How much the calls that found no lease need. */
  long takeWish() {
    return wantedNanos.getAndSet(0);
  }

  /** Ends the wish, after its request: calls in between see one or the other. */
  void endWish() {
    wanted.set(false);
  }

  /** From now on a request may be sent at any time: something has changed. */
  void mayAskAgain() {
    askNotBefore = 0;
  }

  void asked(AuthorizationRequested request, long resendAt) {
    this.pending = request;
    this.resendAt = resendAt;
  }

  /** The request that has waited too long for its answer; null if none has. */
  @Nullable AuthorizationRequested overdue(long now) {
    return now >= resendAt ? pending : null;
  }

  boolean isAnswer(String authorizationId) {
    return pending != null && pending.getAuthorizationId().equals(authorizationId);
  }

  /** Takes over a lease. Of it and the one before, the better one serves. */
  synchronized void granted(Lease lease, long now, long askNotBefore) {
    pending = null;
    this.askNotBefore = askNotBefore;
    denial = null;
    unleased.set(0);
    Lease before = current;
    if (before != null && before.isBetterThan(lease, now)) {
      retire(lease);
    } else {
      retireCurrent();
      current = lease;
    }
    answered();
  }

  /** Takes over a denial; the lease that is left still serves. */
  synchronized void denied(AccessDecision decision, long askNotBefore) {
    pending = null;
    this.askNotBefore = askNotBefore;
    denial = decision;
    answered();
  }

  private synchronized void answered() {
    answers++;
    notifyAll();
  }

  void retireCurrent() {
    Lease lease = current;
    if (lease != null) {
      current = null;
      retire(lease);
    }
  }

  private void retire(Lease lease) {
    lease.retire();
    retiring.add(lease);
  }

  /** Hands over each retired lease whose calls have all ended, once. */
  void removeDone(Consumer<Lease> release) {
    for (Iterator<Lease> leases = retiring.iterator(); leases.hasNext(); ) {
      Lease lease = leases.next();
      if (lease.isDone()) {
        leases.remove();
        release.accept(lease);
      }
    }
  }

  boolean hasRetiring() {
    return !retiring.isEmpty();
  }

  /** Whether it holds nothing that has to be remembered. */
  boolean isForgettable(long now) {
    return current == null
        && pending == null
        && retiring.isEmpty()
        && !wanted.get()
        && unleased.get() <= 0
        && now >= askNotBefore;
  }
}
