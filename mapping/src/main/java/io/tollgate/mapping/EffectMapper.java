package io.tollgate.mapping;

import io.tollgate.domain.effect.Effect;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AccountStatus;
import io.tollgate.events.AlertType;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.BlockReason;
import io.tollgate.events.Cause;
import io.tollgate.events.ClaimAction;
import io.tollgate.events.ClaimKind;
import io.tollgate.events.ClaimRequested;
import io.tollgate.events.CreditState;
import io.tollgate.events.CreditStranded;
import io.tollgate.events.EntryFlag;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.Lifetime;
import io.tollgate.events.LotBalance;
import io.tollgate.events.LotKind;
import io.tollgate.events.LotMovement;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RefundDecided;
import io.tollgate.events.RefundDecisionBasis;
import io.tollgate.events.StrandingCleared;
import io.tollgate.events.TrialDecided;
import io.tollgate.events.UsageBlocked;
import io.tollgate.events.UsageLine;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the rules decided, as output records and the topics they go to. */
public final class EffectMapper {

  private EffectMapper() {}

  /** The value of the output record; null is a tombstone. */
  public static @Nullable SpecificRecord record(Effect effect) {
    if (effect instanceof Effect.LedgerEntry entry) {
      return entry(entry);
    }
    if (effect instanceof Effect.AccountBalance balance) {
      return balance(balance);
    }
    if (effect instanceof Effect.AccountAccess access) {
      return access(access);
    }
    if (effect instanceof Effect.AccountAccessRemoved) {
      return null;
    }
    if (effect instanceof Effect.BalanceAlert alert) {
      return alert(alert);
    }
    if (effect instanceof Effect.RechargeRequested recharge) {
      return recharge(recharge);
    }
    if (effect instanceof Effect.AuthorizationDecided decided) {
      return decided(decided);
    }
    if (effect instanceof Effect.UsageBlocked blocked) {
      return blocked(blocked);
    }
    if (effect instanceof Effect.CreditStranded stranded) {
      return new CreditStranded(
          stranded.accountId(),
          stranded.lotId(),
          stranded.policyId(),
          stranded.amountNanos(),
          Instant.ofEpochMilli(stranded.occurredAt()));
    }
    if (effect instanceof Effect.StrandingCleared cleared) {
      return new StrandingCleared(
          cleared.accountId(),
          cleared.lotId(),
          cleared.policyId(),
          cleared.amountNanos(),
          Instant.ofEpochMilli(cleared.occurredAt()));
    }
    if (effect instanceof Effect.RefundDecided decided) {
      return refundDecided(decided);
    }
    if (effect instanceof Effect.ReversalRejected rejected) {
      return ReversalRejections.record(rejected);
    }
    if (effect instanceof Effect.TrialDecided trial) {
      return trial(trial);
    }
    if (effect instanceof Effect.ClaimRequested claim) {
      return claim(claim);
    }
    throw unknown(effect);
  }

  /** The topic that the output record goes to. */
  public static TopicSpec topic(Effect effect) {
    if (effect instanceof Effect.LedgerEntry) {
      return TopicCatalogue.LEDGER_ENTRIES;
    }
    if (effect instanceof Effect.AccountBalance) {
      return TopicCatalogue.ACCOUNT_BALANCES;
    }
    if (effect instanceof Effect.AccountAccess || effect instanceof Effect.AccountAccessRemoved) {
      return TopicCatalogue.ACCOUNT_ACCESS;
    }
    if (effect instanceof Effect.BalanceAlert) {
      return TopicCatalogue.BALANCE_ALERTS;
    }
    if (effect instanceof Effect.RechargeRequested) {
      return TopicCatalogue.RECHARGE_REQUESTS;
    }
    if (effect instanceof Effect.AuthorizationDecided) {
      return TopicCatalogue.AUTHORIZATION_DECISIONS;
    }
    if (effect instanceof Effect.UsageBlocked) {
      return TopicCatalogue.BLOCKED_USAGE;
    }
    if (effect instanceof Effect.CreditStranded
        || effect instanceof Effect.StrandingCleared
        || effect instanceof Effect.RefundDecided
        || effect instanceof Effect.TrialDecided) {
      return TopicCatalogue.CREDIT_NOTICES;
    }
    if (effect instanceof Effect.ReversalRejected) {
      return TopicCatalogue.REJECTED_EVENTS;
    }
    if (effect instanceof Effect.ClaimRequested) {
      return TopicCatalogue.CLAIM_REQUESTS;
    }
    throw unknown(effect);
  }

  /** The key of the output record. */
  public static String key(Effect effect) {
    return effect instanceof Effect.ClaimRequested claim ? claim.claimKey() : effect.accountId();
  }

  private static LedgerEntry entry(Effect.LedgerEntry entry) {
    Effect.Cause cause = entry.cause();
    return new LedgerEntry(
        entry.entryId(),
        entry.accountId(),
        entry.version(),
        EntryType.valueOf(entry.type().name()),
        new Cause(cause.topic(), cause.id(), cause.partition(), cause.offset()),
        Instant.ofEpochMilli(entry.occurredAt()),
        Instant.ofEpochMilli(entry.recordedAt()),
        entry.amountNanos(),
        entry.balanceBeforeNanos(),
        entry.balanceAfterNanos(),
        each(
            entry.lotMovements(),
            movement -> new LotMovement(movement.lotId(), movement.deltaNanos())),
        entry.debtAfterNanos(),
        entry.writtenOffNanos(),
        each(
            entry.lines(),
            line -> new UsageLine(line.meter(), line.quantity(), line.nanosPerMillion())),
        entry.authorizationId(),
        entry.projectId(),
        entry.apiKeyId(),
        each(entry.flags(), flag -> EntryFlag.valueOf(flag.name())));
  }

  private static AccountBalance balance(Effect.AccountBalance balance) {
    Effect.Lifetime lifetime = balance.lifetime();
    return new AccountBalance(
        balance.accountId(),
        balance.version(),
        Instant.ofEpochMilli(balance.asOf()),
        balance.currency(),
        balance.postedNanos(),
        balance.heldNanos(),
        balance.availableNanos(),
        balance.debtNanos(),
        each(balance.lots(), EffectMapper::lot),
        new Lifetime(
            lifetime.purchased(),
            lifetime.granted(),
            lifetime.used(),
            lifetime.expired(),
            lifetime.refunded(),
            lifetime.disputed(),
            lifetime.voided(),
            lifetime.writtenOff()));
  }

  private static LotBalance lot(Effect.LotBalance lot) {
    return new LotBalance(
        lot.lotId(),
        LotKind.valueOf(lot.kind().name()),
        lot.grantedNanos(),
        lot.remainingNanos(),
        lot.frozenNanos(),
        Instant.ofEpochMilli(lot.effectiveAt()),
        instantOrNull(lot.expiresAt()));
  }

  private static AccountAccess access(Effect.AccountAccess access) {
    return new AccountAccess(
        access.accountId(),
        access.version(),
        Instant.ofEpochMilli(access.asOf()),
        AccountStatus.valueOf(access.status().name()),
        access.verified(),
        CreditState.valueOf(access.creditState().name()),
        access.spendLimitReached());
  }

  private static BalanceAlert alert(Effect.BalanceAlert alert) {
    return new BalanceAlert(
        alert.alertId(),
        alert.accountId(),
        AlertType.valueOf(alert.type().name()),
        alert.levelNanos(),
        alert.balanceNanos(),
        Instant.ofEpochMilli(alert.occurredAt()),
        alert.causeId(),
        instantOrNull(alert.nextAttemptAt()),
        instantOrNull(alert.projectedExhaustionAt()),
        alert.detail());
  }

  private static RechargeRequested recharge(Effect.RechargeRequested recharge) {
    return new RechargeRequested(
        recharge.rechargeId(),
        recharge.attempt(),
        recharge.idempotencyKey(),
        recharge.accountId(),
        recharge.amountNanos(),
        recharge.currency(),
        recharge.balanceNanos(),
        recharge.thresholdNanos(),
        recharge.targetNanos(),
        Instant.ofEpochMilli(recharge.requestedAt()),
        Instant.ofEpochMilli(recharge.deadline()),
        RechargeReason.valueOf(recharge.reason().name()));
  }

  private static AuthorizationDecided decided(Effect.AuthorizationDecided decided) {
    Effect.BlockReason reason = decided.reason();
    return new AuthorizationDecided(
        decided.authorizationId(),
        decided.accountId(),
        AuthorizationOutcome.valueOf(decided.outcome().name()),
        reason == null ? null : BlockReason.valueOf(reason.name()),
        decided.remedy(),
        decided.heldNanos(),
        instantOrNull(decided.expiresAt()),
        decided.finalGrant(),
        decided.availableNanos(),
        Instant.ofEpochMilli(decided.decidedAt()));
  }

  private static UsageBlocked blocked(Effect.UsageBlocked blocked) {
    return new UsageBlocked(
        blocked.id(),
        blocked.accountId(),
        blocked.model(),
        blocked.capabilities(),
        BlockReason.valueOf(blocked.reason().name()),
        blocked.remedy(),
        blocked.wouldHaveCostNanos(),
        blocked.served(),
        blocked.policyId(),
        Instant.ofEpochMilli(blocked.occurredAt()));
  }

  private static RefundDecided refundDecided(Effect.RefundDecided decided) {
    return new RefundDecided(
        decided.refundRequestId(),
        decided.accountId(),
        decided.paymentId(),
        decided.eligible(),
        RefundDecisionBasis.valueOf(decided.basis().name()),
        decided.maxAmountNanos(),
        decided.evidence(),
        Instant.ofEpochMilli(decided.decidedAt()));
  }

  private static TrialDecided trial(Effect.TrialDecided trial) {
    return new TrialDecided(
        trial.accountId(),
        trial.phoneHash(),
        trial.granted(),
        trial.reason(),
        trial.lotId(),
        Instant.ofEpochMilli(trial.decidedAt()));
  }

  private static ClaimRequested claim(Effect.ClaimRequested claim) {
    return new ClaimRequested(
        ClaimKind.valueOf(claim.kind().name()),
        ClaimAction.valueOf(claim.action().name()),
        claim.claimKey(),
        claim.accountId(),
        claim.subject(),
        claim.payment(),
        Instant.ofEpochMilli(claim.requestedAt()),
        instantOrNull(claim.occurredAt()));
  }

  private static <A, B> List<B> each(List<A> items, Function<A, B> mapping) {
    List<B> mapped = new ArrayList<>(items.size());
    for (A item : items) {
      mapped.add(mapping.apply(item));
    }
    return mapped;
  }

  // Avro's constructors are not annotated, so null is passed on where the schema allows it.
  private static @Nullable Instant instantOrNull(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static IllegalStateException unknown(Effect effect) {
    return new IllegalStateException("No record for " + effect.getClass().getName());
  }
}
