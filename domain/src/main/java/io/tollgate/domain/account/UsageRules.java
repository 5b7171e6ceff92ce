package io.tollgate.domain.account;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.EntryFlag;
import io.tollgate.domain.effect.Effect.UsageBlocked;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.UsageEvent;
import io.tollgate.domain.identity.ContentDigest;
import io.tollgate.domain.identity.Fingerprint;
import io.tollgate.domain.identity.Memory;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.ExactCost.Charge;
import io.tollgate.domain.rating.Rating;
import io.tollgate.domain.rating.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reported usage: from the time window to the debit, in the contract's order. */
final class UsageRules {

  private static final String TYPE = "UsageEvent";

  private final RuleSettings settings;
  private final Reference reference;
  private final Memory memory;
  private final Gate gate;

  UsageRules(RuleSettings settings, Reference reference, Memory memory, Gate gate) {
    this.settings = settings;
    this.reference = reference;
    this.memory = memory;
    this.gate = gate;
  }

  Decision decide(Account before, UsageEvent usage, Arrival arrival) {
    Rejection late = outsideWindow(usage.occurredAt(), arrival.latestTime());
    if (late != null) {
      return new Decision.Rejected(late);
    }
    Fingerprint identity = Fingerprint.of(usage.accountId(), TYPE, usage.eventId());
    long digest = ContentDigest.of(usage);
    Long seen = memory.usage(identity, arrival.latestTime());
    if (seen != null) {
      return Duplicates.of(seen, digest, "usage event " + usage.eventId());
    }
    Step step = AccountRules.step(before, settings, usage, arrival, usage.eventId());
    long until = Math.max(arrival.latestTime(), usage.occurredAt()) + settings.usageHorizon();
    step.remember(new Remembered.Usage(identity, digest, until));
    step.publishAtLeisure();
    step.judgeRecharge();
    Rejection unpriced = apply(step, usage);
    return unpriced == null ? step.finish() : new Decision.Rejected(unpriced);
  }

  private @Nullable Rejection outsideWindow(long occurredAt, long arrivedAt) {
    if (occurredAt < arrivedAt - settings.usageHorizon()) {
      return new Rejection(
          RejectionReason.TOO_LATE,
          "it happened at %s; usage is taken for %d days"
              .formatted(
                  UtcCalendar.text(occurredAt), settings.usageHorizon() / UtcCalendar.DAY_MILLIS));
    }
    if (occurredAt > arrivedAt + settings.futureTolerance()) {
      return new Rejection(
          RejectionReason.IN_THE_FUTURE,
          "it says %s, too far ahead of its arrival; check the producer's clock"
              .formatted(UtcCalendar.text(occurredAt)));
    }
    return null;
  }

  /** Null if it was decided, one way or another. */
  private @Nullable Rejection apply(Step step, UsageEvent usage) {
    Account account = step.account;
    if (usage.completion() == Completion.FAILED) {
      step.usageEntry(
          usage, account.books.posted, List.of(), 0, List.of(), List.of(EntryFlag.NOT_CHARGED));
      return null;
    }
    Rating rating =
        Rating.of(
            reference, usage.model(), usage.quantities(), usage.serviceTier(), usage.occurredAt());
    if (rating.unpriced() != null) {
      return new Rejection(RejectionReason.UNPRICED, rating.unpriced());
    }
    Charge charge = rating.cost().charge(account.books.carry);
    if (account.suspended) {
      step.emit(
          blocked(
              usage,
              BlockReason.ACCOUNT_SUSPENDED,
              "The account is suspended. Contact support to have it reinstated.",
              charge,
              null));
      return null;
    }
    List<Requirement> missing =
        gate.missing(account, usage.model(), usage.capabilities(), usage.occurredAt());
    if (!missing.isEmpty()) {
      Requirement first = missing.get(0);
      step.emit(
          blocked(
              usage,
              BlockReason.VERIFICATION_REQUIRED,
              Gate.remedy(usage.model(), first),
              charge,
              first.policyId()));
      Stranding.blocked(step, memory, missing);
      return null;
    }
    charge(step, usage, rating, charge);
    return null;
  }

  private void charge(Step step, UsageEvent usage, Rating rating, Charge charge) {
    Account account = step.account;
    long limit =
        account.overdraftLimit == null ? settings.overdraftLimit() : account.overdraftLimit;
    long balanceBefore = account.books.posted;
    Books.Debit debit = account.books.debit(charge.nanos(), usage.occurredAt(), limit);
    if (debit == null) {
      step.emit(
          blocked(
              usage,
              BlockReason.INSUFFICIENT_CREDIT,
              "The credit is used up: %s. Buy credit, or turn auto-recharge on."
                  .formatted(step.money(balanceBefore)),
              charge,
              null));
      return;
    }
    account.books.carry = charge.carry();
    account.hourlySpend.add(charge.nanos() - debit.writtenOff(), step.time);
    step.usageEntry(
        usage, balanceBefore, debit.movements(), debit.writtenOff(), rating.lines(), List.of());
    if (debit.writtenOff() > 0) {
      step.alert(
          AlertType.OVERDRAFT_WRITTEN_OFF,
          usage.eventId(),
          "%s of a call went beyond the overdraft limit of %s and were written off."
              .formatted(step.money(debit.writtenOff()), step.money(limit)));
    }
  }

  private static UsageBlocked blocked(
      UsageEvent usage,
      BlockReason reason,
      String remedy,
      Charge charge,
      @Nullable String policyId) {
    return new UsageBlocked(
        usage.eventId(),
        usage.accountId(),
        usage.model(),
        usage.capabilities(),
        reason,
        remedy,
        charge.nanos(),
        true,
        policyId,
        usage.occurredAt());
  }
}
