package io.tollgate.consumers.gate;

import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.rating.Rating;
import io.tollgate.events.BlockReason;
import io.tollgate.events.Completion;
import io.tollgate.events.UsageEvent;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Decides about calls from what is known here: accounts, models, leases. Knows no Kafka. */
final class CallDecider {

  private static final AccessDecision EXHAUSTED =
      AccessDecision.denied(
          BlockReason.INSUFFICIENT_CREDIT,
          "The credit is used up. Buy credit, or turn auto-recharge on.");

  private final Access access;
  private final LeaseBook leases;
  private final long patienceMillis;
  private final LongSupplier clock;

  /**
   * @param clock epoch milliseconds
   */
  CallDecider(GateSettings settings, Access access, LeaseBook leases, LongSupplier clock) {
    this.access = access;
    this.leases = leases;
    this.patienceMillis = settings.patience().toMillis();
    this.clock = clock;
  }

  AccessDecision check(
      String accountId, String model, List<String> capabilities, long estimateNanos) {
    long now = clock.getAsLong();
    AccountState account = access.accounts().get(accountId);
    AccessDecision refusal = access.refusal(account, model, capabilities, now);
    if (refusal != null) {
      return refusal;
    }
    AccountLeases ofAccount = leasesOf(accountId, account);
    return ofAccount == null ? EXHAUSTED : leases.check(ofAccount, estimateNanos, now);
  }

  /** Decides about a call, and takes its estimate if it is allowed. */
  Reservation reserve(ModelCall call) throws InterruptedException {
    long now = clock.getAsLong();
    AccountState account = access.accounts().get(call.accountId());
    AccessDecision refusal = access.refusal(account, call.model(), call.capabilities(), now);
    if (refusal != null) {
      return Reservation.denied(refusal);
    }
    Rating rating = access.models().rate(call.model(), call.serviceTier(), call.estimate(), now);
    if (rating.unpriced() != null) {
      return Reservation.denied(
          AccessDecision.denied(BlockReason.UNPRICED_MODEL, rating.unpriced()));
    }
    AccountLeases ofAccount = leasesOf(call.accountId(), account);
    return ofAccount == null
        ? Reservation.denied(EXHAUSTED)
        : reserve(ofAccount, rating.cost().roundedUp(), now);
  }

  private Reservation reserve(AccountLeases ofAccount, long estimate, long now)
      throws InterruptedException {
    int answers = ofAccount.answers();
    Lease lease = leases.take(ofAccount, estimate, now);
    if (lease == null) {
      if (ofAccount.isAsking()) {
        ofAccount.awaitAnswer(answers, now, patienceMillis);
      }
      lease = leases.take(ofAccount, estimate, clock.getAsLong());
    }
    if (lease != null) {
      return Reservation.leased(lease, estimate);
    }
    AccessDecision decision = leases.takeUnleased(ofAccount, estimate);
    return decision.isAllowed()
        ? Reservation.unleased(ofAccount, estimate)
        : Reservation.denied(decision);
  }

  /** The account's leases; null if it has no credit to take one from, and none is left. */
  private @Nullable AccountLeases leasesOf(String accountId, AccountState account) {
    return account.exhausted() ? leases.find(accountId) : leases.of(accountId);
  }

  long price(String model, String serviceTier, Quantities estimate) {
    Rating rating = access.models().rate(model, serviceTier, estimate, clock.getAsLong());
    if (rating.unpriced() != null) {
      throw new IllegalArgumentException(rating.unpriced());
    }
    return rating.cost().roundedUp();
  }

  /** What a call has cost; the estimate if that cannot be told. */
  long cost(UsageEvent usage, long estimate) {
    if (usage.getCompletion() == Completion.FAILED) {
      return 0;
    }
    Quantities quantities =
        new Quantities(
            usage.getInputTokens(),
            usage.getCachedInputTokens(),
            usage.getCacheWriteTokens(),
            usage.getOutputTokens(),
            usage.getOtherUnits());
    try {
      Rating rating =
          access
              .models()
              .rate(
                  usage.getModel(),
                  usage.getServiceTier(),
                  quantities,
                  usage.getOccurredAt().toEpochMilli());
      return rating.unpriced() == null ? rating.cost().roundedUp() : estimate;
    } catch (ArithmeticException e) {
      return estimate;
    }
  }
}
