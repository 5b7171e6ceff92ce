package io.tollgate.consumers.gate;

import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.AuthorizationPurpose;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.BlockReason;
import java.time.Instant;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes, renews and releases leases for the accounts that have calls. Calls look at it in any
 * thread and never wait; everything else is for the gate's thread.
 */
final class LeaseBook {

  /**
   * How long after a denial, or a grant of the last there is, an account is not asked for again.
   */
  private static final long PAUSE_MILLIS = 1_000;

  /** How long a request may be without an answer before it is sent again, as it is. */
  private static final long RESEND_MILLIS = 5_000;

  private static final AccessDecision NO_LEASE =
      AccessDecision.deniedForNow(
          "No credit is reserved for this account yet. Try again in a moment.");

  private static final AccessDecision IN_FLIGHT =
      AccessDecision.deniedForNow(
          "Calls under way hold the rest of the credit. Try again when they end.");

  private static final AccessDecision USED_UP =
      AccessDecision.denied(
          BlockReason.INSUFFICIENT_CREDIT,
          "The credit does not cover the call. Buy credit, or turn auto-recharge on.");

  private final GateSettings settings;
  private final Consumer<SpecificRecord> send;
  private final Runnable wakeUp;
  private final ConcurrentMap<String, AccountLeases> byAccount = new ConcurrentHashMap<>();
  private final Queue<AccountLeases> wanting = new ConcurrentLinkedQueue<>();

  /**
   * @param send sends a record to authorization-requests, without waiting
   * @param wakeUp has {@link #answerWishes} called soon
   */
  LeaseBook(GateSettings settings, Consumer<SpecificRecord> send, Runnable wakeUp) {
    this.settings = settings;
    this.send = send;
    this.wakeUp = wakeUp;
  }

  /** The leases of an account that has calls; null if it has none so far. */
  @Nullable AccountLeases find(String accountId) {
    return byAccount.get(accountId);
  }

  AccountLeases of(String accountId) {
    AccountLeases leases = byAccount.get(accountId);
    return leases == null ? byAccount.computeIfAbsent(accountId, AccountLeases::new) : leases;
  }

  /** Whether there is credit for a call of this estimate, without taking it. */
  AccessDecision check(AccountLeases leases, long estimate, long now) {
    Lease lease = leases.current();
    if (lease != null && lease.covers(estimate, now)) {
      renewIfNeeded(leases, lease, now);
      return AccessDecision.ALLOWED;
    }
    want(leases, estimate, now);
    AccessDecision refusal = refusal(leases, lease);
    if (refusal != null) {
      return refusal;
    }
    return leases.fits(estimate, settings.allowanceNanos()) ? AccessDecision.ALLOWED : NO_LEASE;
  }

  /** Takes a call's estimate from the account's lease; null if that does not cover it. */
  @Nullable Lease take(AccountLeases leases, long estimate, long now) {
    // Another may have come in the meantime; then that one is asked.
    for (Lease lease = leases.current(), last = null;
        lease != null && lease != last;
        last = lease, lease = leases.current()) {
      if (lease.take(estimate, now)) {
        renewIfNeeded(leases, lease, now);
        return lease;
      }
    }
    want(leases, estimate, now);
    return null;
  }

  /** Whether a call that found no lease may go ahead all the same; it takes from the allowance. */
  AccessDecision takeUnleased(AccountLeases leases, long estimate) {
    AccessDecision refusal = refusal(leases, leases.current());
    if (refusal != null) {
      return refusal;
    }
    return leases.takeUnleased(estimate, settings.allowanceNanos())
        ? AccessDecision.ALLOWED
        : NO_LEASE;
  }

  private static @Nullable AccessDecision refusal(AccountLeases leases, @Nullable Lease lease) {
    AccessDecision denial = leases.denial();
    if (denial != null) {
      return denial;
    }
    if (lease == null || !lease.isFinalGrant()) {
      return null;
    }
    return lease.isInUse() ? IN_FLIGHT : USED_UP;
  }

  private void renewIfNeeded(AccountLeases leases, Lease lease, long now) {
    if (lease.isToBeRenewed(now)) {
      want(leases, 0, now);
    }
  }

  private void want(AccountLeases leases, long estimate, long now) {
    if (leases.want(estimate, now)) {
      wanting.add(leases);
      wakeUp.run();
    }
  }

  /** Asks for the leases that calls want. */
  void answerWishes(long now) {
    for (AccountLeases leases = wanting.poll(); leases != null; leases = wanting.poll()) {
      long nanos = Math.max(settings.leaseNanos(), leases.takeWish());
      AccountLeases known = byAccount.putIfAbsent(leases.accountId(), leases);
      if ((known == null || known == leases) && leases.mayAsk(now)) {
        ask(leases, nanos, now);
      }
      leases.endWish();
    }
  }

  private void ask(AccountLeases leases, long nanos, long now) {
    AuthorizationRequested request =
        AuthorizationRequested.newBuilder()
            .setAuthorizationId(UUID.randomUUID().toString())
            .setAccountId(leases.accountId())
            .setRequestedAt(Instant.ofEpochMilli(now))
            .setPurpose(AuthorizationPurpose.LEASE)
            .setAmountNanos(nanos)
            .setTtlMillis(settings.leaseDuration().toMillis())
            .build();
    leases.asked(request, now + RESEND_MILLIS);
    send.accept(request);
  }

  /**
   * Takes over an answer of the pipeline, if it is to one of our requests.
   *
   * @param hasCredit whether the account's credit is not used up, so that only holds can stand in
   *     the way
   */
  void decided(AuthorizationDecided decided, boolean hasCredit, long now) {
    AccountLeases leases = byAccount.get(decided.getAccountId());
    if (leases == null || !leases.isAnswer(decided.getAuthorizationId())) {
      return;
    }
    if (decided.getOutcome() == AuthorizationOutcome.ALLOWED && decided.getExpiresAt() != null) {
      long usableUntil = decided.getExpiresAt().toEpochMilli() - settings.leaseMargin().toMillis();
      leases.granted(
          new Lease(
              decided.getAuthorizationId(),
              decided.getHeldNanos(),
              decided.getFinalGrant(),
              now + Math.max(0, usableUntil - now) / 2,
              usableUntil),
          now,
          decided.getFinalGrant() ? now + PAUSE_MILLIS : now);
    } else {
      BlockReason reason =
          decided.getReason() == null ? BlockReason.INSUFFICIENT_CREDIT : decided.getReason();
      leases.denied(
          new AccessDecision(
              reason,
              decided.getRemedy(),
              null,
              hasCredit && reason == BlockReason.INSUFFICIENT_CREDIT),
          now + PAUSE_MILLIS);
    }
  }

  /** Asks again at once: the account's state has changed, and so may the answer. */
  void changed(String accountId) {
    AccountLeases leases = byAccount.get(accountId);
    if (leases != null) {
      leases.mayAskAgain();
    }
  }

  /** Retires what is over, releases what is done, sends again what has no answer. */
  void sweep(long now) {
    for (AccountLeases leases : byAccount.values()) {
      Lease lease = leases.current();
      if (lease != null && lease.isOver(now)) {
        leases.retireCurrent();
      }
      leases.removeDone(done -> release(leases, done, now));
      AuthorizationRequested overdue = leases.overdue(now);
      if (overdue != null) {
        leases.asked(overdue, now + RESEND_MILLIS);
        send.accept(overdue);
      }
      if (leases.isForgettable(now)) {
        byAccount.remove(leases.accountId(), leases);
      }
    }
  }

  /** Retires every lease: nothing takes from them any more. */
  void retireAll() {
    byAccount.values().forEach(AccountLeases::retireCurrent);
  }

  /** Whether calls of retired leases are still under way. */
  boolean hasRetiring() {
    return byAccount.values().stream().anyMatch(AccountLeases::hasRetiring);
  }

  /** How many accounts have leases, or want one. */
  int size() {
    return byAccount.size();
  }

  private void release(AccountLeases leases, Lease lease, long now) {
    send.accept(
        AuthorizationReleased.newBuilder()
            .setAuthorizationId(lease.id())
            .setAccountId(leases.accountId())
            .setReleasedAt(Instant.ofEpochMilli(now))
            .setSettledUsage(lease.settled())
            .build());
  }
}
