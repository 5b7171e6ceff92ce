package io.tollgate.mapping;

import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import io.tollgate.events.AccessRequirement;
import io.tollgate.events.AccountOpened;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.AlertLevelsConfigured;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.ClaimAnswered;
import io.tollgate.events.CreditGranted;
import io.tollgate.events.CreditVoided;
import io.tollgate.events.DisputeUpdated;
import io.tollgate.events.IssuerCleared;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.OverdraftConfigured;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentRefunded;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.PhoneVerified;
import io.tollgate.events.RefundRequested;
import io.tollgate.events.SpendLimitConfigured;
import io.tollgate.events.UsageEvent;
import io.tollgate.events.VerificationUpdated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Input records as the rules see them. Nothing is judged here: what a record says, however absurd,
 * reaches the rules, which refuse it with a reason.
 */
public final class EventMapper {

  private EventMapper() {}

  /** The event that this record reports; empty if the rules do not know the record's type. */
  public static Optional<AccountEvent> accountEvent(SpecificRecord record) {
    return Optional.ofNullable(eventOrNull(record));
  }

  private static @Nullable AccountEvent eventOrNull(SpecificRecord record) {
    // By far the most frequent first.
    if (record instanceof UsageEvent usage) {
      return usage(usage);
    }
    if (record instanceof AuthorizationRequested request) {
      return authorization(request);
    }
    if (record instanceof AuthorizationReleased released) {
      return new AccountEvent.AuthorizationReleased(
          released.getAuthorizationId(),
          released.getAccountId(),
          released.getReleasedAt().toEpochMilli(),
          released.getSettledUsage());
    }
    if (record instanceof PaymentSucceeded payment) {
      return payment(payment);
    }
    if (record instanceof PaymentRefunded refund) {
      return new AccountEvent.PaymentRefunded(
          refund.getRefundId(),
          refund.getPaymentId(),
          refund.getAccountId(),
          refund.getAmountNanos(),
          AccountEvent.RefundStatus.valueOf(refund.getStatus().name()),
          refund.getOccurredAt().toEpochMilli());
    }
    if (record instanceof DisputeUpdated dispute) {
      return new AccountEvent.DisputeUpdated(
          dispute.getDisputeId(),
          dispute.getPaymentId(),
          dispute.getAccountId(),
          dispute.getAmountNanos(),
          AccountEvent.DisputeStatus.valueOf(dispute.getStatus().name()),
          dispute.getOccurredAt().toEpochMilli());
    }
    if (record instanceof RefundRequested request) {
      return new AccountEvent.RefundRequested(
          request.getRefundRequestId(),
          request.getAccountId(),
          request.getPaymentId(),
          AccountEvent.RefundBasis.valueOf(request.getBasis().name()),
          request.getOccurredAt().toEpochMilli());
    }
    if (record instanceof PaymentFailed failed) {
      return decline(failed);
    }
    if (record instanceof IssuerCleared cleared) {
      return new AccountEvent.IssuerCleared(
          cleared.getAccountId(),
          cleared.getCardFingerprint(),
          cleared.getOccurredAt().toEpochMilli());
    }
    if (record instanceof AccountOpened opened) {
      return new AccountEvent.AccountOpened(
          opened.getAccountId(),
          opened.getOpenedAt().toEpochMilli(),
          opened.getCurrency(),
          opened.getCountry(),
          AccountEvent.BuyerType.valueOf(opened.getBuyerType().name()));
    }
    if (record instanceof VerificationUpdated verification) {
      return new AccountEvent.VerificationUpdated(
          verification.getAccountId(),
          AccountEvent.VerificationStatus.valueOf(verification.getStatus().name()),
          verification.getIdentityHash(),
          verification.getOccurredAt().toEpochMilli(),
          verification.getReason());
    }
    if (record instanceof PhoneVerified verified) {
      return new AccountEvent.PhoneVerified(
          verified.getAccountId(),
          verified.getPhoneHash(),
          verified.getVerifiedAt().toEpochMilli());
    }
    if (record instanceof SpendLimitConfigured limit) {
      return new AccountEvent.SpendLimitConfigured(
          limit.getAccountId(),
          AccountEvent.SpendLimitScope.valueOf(limit.getScope().name()),
          limit.getScopeId(),
          limit.getMonthlyLimitNanos(),
          AccountEvent.SpendLimitEnforcement.valueOf(limit.getEnforcement().name()),
          limit.getOccurredAt().toEpochMilli());
    }
    if (record instanceof AutoRechargeConfigured recharge) {
      return new AccountEvent.AutoRechargeConfigured(
          recharge.getAccountId(),
          recharge.getEnabled(),
          recharge.getThresholdNanos(),
          recharge.getTargetNanos(),
          recharge.getMonthlyLimitNanos(),
          recharge.getOccurredAt().toEpochMilli());
    }
    if (record instanceof AlertLevelsConfigured levels) {
      return new AccountEvent.AlertLevelsConfigured(
          levels.getAccountId(),
          List.copyOf(levels.getLevelsNanos()),
          levels.getOccurredAt().toEpochMilli());
    }
    if (record instanceof OverdraftConfigured overdraft) {
      return new AccountEvent.OverdraftConfigured(
          overdraft.getAccountId(),
          overdraft.getLimitNanos(),
          overdraft.getOccurredAt().toEpochMilli());
    }
    if (record instanceof CreditGranted grant) {
      return grant(grant);
    }
    if (record instanceof CreditVoided voided) {
      return new AccountEvent.CreditVoided(
          voided.getGrantId(),
          voided.getAccountId(),
          voided.getOccurredAt().toEpochMilli(),
          voided.getReason());
    }
    if (record instanceof AccountSuspended suspended) {
      return new AccountEvent.AccountSuspended(
          suspended.getAccountId(),
          suspended.getOccurredAt().toEpochMilli(),
          suspended.getReason());
    }
    if (record instanceof AccountReinstated reinstated) {
      return new AccountEvent.AccountReinstated(
          reinstated.getAccountId(),
          reinstated.getOccurredAt().toEpochMilli(),
          reinstated.getReason());
    }
    if (record instanceof ClaimAnswered answer) {
      return new AccountEvent.ClaimAnswered(
          ClaimKind.valueOf(answer.getKind().name()),
          answer.getClaimKey(),
          answer.getAccountId(),
          answer.getSubject(),
          answer.getGranted(),
          answer.getReason(),
          millisOrNull(answer.getRetryAt()),
          answer.getAnsweredAt().toEpochMilli());
    }
    return null;
  }

  /** The prices as the rules use them; who published them, and when, is for people. */
  public static ModelPrices modelPrices(io.tollgate.events.ModelPrices prices) {
    List<PriceRow> rows = new ArrayList<>(prices.getRows().size());
    for (io.tollgate.events.PriceRow row : prices.getRows()) {
      rows.add(
          new PriceRow(
              row.getMeter(),
              row.getServiceTier(),
              row.getMinInputTokens(),
              row.getNanosPerMillion(),
              row.getEffectiveFrom().toEpochMilli()));
    }
    return new ModelPrices(prices.getModel(), prices.getAliases(), rows);
  }

  /** The policy as the rules use it: all that can be required so far is a verified organisation. */
  public static AccessPolicy accessPolicy(ModelAccessPolicy policy) {
    List<AccessPolicy.Requirement> requirements = new ArrayList<>(policy.getRequirements().size());
    for (AccessRequirement requirement : policy.getRequirements()) {
      requirements.add(
          new AccessPolicy.Requirement(
              requirement.getCapability(),
              requirement.getPolicyId(),
              requirement.getAnnouncedAt().toEpochMilli(),
              requirement.getEffectiveFrom().toEpochMilli(),
              millisOrNull(requirement.getEffectiveUntil())));
    }
    return new AccessPolicy(policy.getModel(), requirements);
  }

  private static AccountEvent usage(UsageEvent usage) {
    return new AccountEvent.UsageEvent(
        usage.getEventId(),
        usage.getAccountId(),
        usage.getOccurredAt().toEpochMilli(),
        usage.getModel(),
        List.copyOf(usage.getCapabilities()),
        usage.getServiceTier(),
        new Quantities(
            usage.getInputTokens(),
            usage.getCachedInputTokens(),
            usage.getCacheWriteTokens(),
            usage.getOutputTokens(),
            Map.copyOf(usage.getOtherUnits())),
        usage.getAuthorizationId(),
        usage.getProjectId(),
        usage.getApiKeyId(),
        usage.getSource(),
        usage.getSequence(),
        AccountEvent.Completion.valueOf(usage.getCompletion().name()),
        AccountEvent.UsageSource.valueOf(usage.getUsageSource().name()));
  }

  private static AccountEvent authorization(AuthorizationRequested request) {
    return new AccountEvent.AuthorizationRequested(
        request.getAuthorizationId(),
        request.getAccountId(),
        request.getRequestedAt().toEpochMilli(),
        AccountEvent.AuthorizationPurpose.valueOf(request.getPurpose().name()),
        request.getModel(),
        List.copyOf(request.getCapabilities()),
        request.getServiceTier(),
        new Quantities(
            request.getInputTokens(),
            request.getCachedInputTokens(),
            request.getCacheWriteTokens(),
            request.getOutputTokens(),
            Map.copyOf(request.getOtherUnits())),
        request.getAmountNanos(),
        request.getTtlMillis(),
        request.getProjectId(),
        request.getApiKeyId());
  }

  private static AccountEvent payment(PaymentSucceeded payment) {
    return new AccountEvent.PaymentSucceeded(
        payment.getPaymentId(),
        payment.getAccountId(),
        payment.getAmountNanos(),
        payment.getCurrency(),
        payment.getOccurredAt().toEpochMilli(),
        payment.getRechargeId(),
        payment.getAttempt(),
        payment.getCardFingerprint(),
        List.copyOf(payment.getIntendedModels()));
  }

  private static AccountEvent decline(PaymentFailed failed) {
    return new AccountEvent.PaymentFailed(
        failed.getPaymentId(),
        failed.getAccountId(),
        failed.getAmountNanos(),
        failed.getCurrency(),
        failed.getOccurredAt().toEpochMilli(),
        failed.getRechargeId(),
        failed.getAttempt(),
        failed.getDeclineCode(),
        failed.getAdviceCode(),
        failed.getNetworkAdviceCode(),
        failed.getCardFingerprint());
  }

  private static AccountEvent grant(CreditGranted grant) {
    return new AccountEvent.CreditGranted(
        grant.getGrantId(),
        grant.getAccountId(),
        AccountEvent.GrantKind.valueOf(grant.getKind().name()),
        grant.getAmountNanos(),
        grant.getCurrency(),
        grant.getEffectiveAt().toEpochMilli(),
        millisOrNull(grant.getExpiresAt()),
        grant.getPriority(),
        grant.getReason(),
        grant.getOccurredAt().toEpochMilli());
  }

  private static @Nullable Long millisOrNull(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }
}
