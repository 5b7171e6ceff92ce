package io.tollgate.domain.account;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect.AlertType;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reported usage: from the time window to the settlement, in the contract's order. */
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
    Rejection late =
        Window.check(
            "usage",
            usage.occurredAt(),
            arrival.latestTime(),
            settings.usageHorizon(),
            settings.futureTolerance());
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
    Settlement settlement =
        Settlement.of(before, usage.authorizationId(), memory, arrival.latestTime());
    long charged;
    if (usage.completion() == Completion.FAILED) {
      charged = notCharged(step, usage, settlement);
    } else {
      Rating rating = rating(usage);
      if (rating.unpriced() != null) {
        return new Decision.Rejected(new Rejection(RejectionReason.UNPRICED, rating.unpriced()));
      }
      charged = apply(step, usage, rating, settlement);
    }
    if (settlement != null) {
      settlement.settle(step, charged);
    }
    return step.finish();
  }

  private Rating rating(UsageEvent usage) {
    return Rating.of(
        reference, usage.model(), usage.quantities(), usage.serviceTier(), usage.occurredAt());
  }

  private static long notCharged(Step step, UsageEvent usage, @Nullable Settlement settlement) {
    List<EntryFlag> flags = new ArrayList<>(2);
    flags.add(EntryFlag.NOT_CHARGED);
    if (settlement != null) {
      flags.addAll(settlement.flags(0));
    }
    step.usageEntry(usage, step.account.books.posted, List.of(), 0, List.of(), flags);
    return 0;
  }

  /** Blocks it or charges it; returns what it was charged, write-offs included. */
  private long apply(Step step, UsageEvent usage, Rating rating, @Nullable Settlement settlement) {
    Charge charge = rating.cost().charge(step.account.books.carry);
    Block block = block(step.account, usage, settlement);
    if (block == null) {
      return charge(step, usage, rating, charge, settlement);
    }
    step.emit(blocked(usage, block, charge));
    Stranding.blocked(step, memory, block.missing());
    return 0;
  }

  /** Why the account had no right to it, whatever its credit; null if it had. */
  private @Nullable Block block(
      Account account, UsageEvent usage, @Nullable Settlement settlement) {
    if (account.suspended && settlement == null) {
      return Block.suspended();
    }
    List<Requirement> missing =
        gate.missing(
            account,
            usage.model(),
            usage.capabilities(),
            usage.occurredAt(),
            settlement == null ? null : settlement.permit());
    return missing.isEmpty() ? null : Block.unverified(usage.model(), missing);
  }

  private long charge(
      Step step, UsageEvent usage, Rating rating, Charge charge, @Nullable Settlement settlement) {
    Account account = step.account;
    long limit =
        account.overdraftLimit == null ? settings.overdraftLimit() : account.overdraftLimit;
    long balanceBefore = account.books.posted;
    Hold hold = settlement == null ? null : settlement.hold();
    long[] most = Spendable.byUsage(account.books, usage.occurredAt(), hold, step.time);
    Books.Debit debit = account.books.debit(charge.nanos(), most, limit);
    if (debit == null) {
      step.emit(
          blocked(
              usage, Block.creditUsedUp(step.account.books.posted, step.account.currency), charge));
      return 0;
    }
    account.books.carry = charge.carry();
    long charged = charge.nanos() - debit.writtenOff();
    account.hourlySpend.add(charged, step.time);
    SpendLimitRules.charged(step, usage, charged);
    step.usageEntry(
        usage,
        balanceBefore,
        debit.movements(),
        debit.writtenOff(),
        rating.lines(),
        settlement == null ? List.of() : settlement.flags(charge.nanos()));
    if (debit.writtenOff() > 0) {
      step.alert(
          AlertType.OVERDRAFT_WRITTEN_OFF,
          usage.eventId(),
          "%s of a call went beyond the overdraft limit of %s and were written off."
              .formatted(step.money(debit.writtenOff()), step.money(limit)));
    }
    return charge.nanos();
  }

  private static UsageBlocked blocked(UsageEvent usage, Block block, Charge charge) {
    return new UsageBlocked(
        usage.eventId(),
        usage.accountId(),
        usage.model(),
        usage.capabilities(),
        block.reason(),
        block.remedy(),
        charge.nanos(),
        true,
        block.policyId(),
        usage.occurredAt());
  }
}
