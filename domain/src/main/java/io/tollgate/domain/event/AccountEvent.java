package io.tollgate.domain.event;

import io.tollgate.domain.effect.Effect.ClaimKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was reported about one account: the input records of the contract, as the rules
 * see them. Times are UTC epoch milliseconds, amounts nano-units of the account's currency.
 */
public sealed interface AccountEvent {

  /** The account it is about. */
  String accountId();

  /** The record's own time: when it happened, as its producer says. */
  long occurredAt();

  enum Completion {
    COMPLETE,
    ABORTED,
    FAILED
  }

  enum UsageSource {
    PROVIDER,
    ESTIMATED
  }

  enum AuthorizationPurpose {
    REQUEST,
    LEASE
  }

  enum BuyerType {
    BUSINESS,
    CONSUMER
  }

  enum VerificationStatus {
    UNVERIFIED,
    PENDING,
    VERIFIED,
    FAILED,
    REVOKED
  }

  enum SpendLimitScope {
    ACCOUNT,
    PROJECT,
    API_KEY
  }

  enum SpendLimitEnforcement {
    ALERT,
    BLOCK
  }

  enum GrantKind {
    PROMOTIONAL,
    COMPENSATION,
    TRIAL
  }

  /** States of a refund; it only rises in this order. */
  enum RefundStatus {
    PENDING,
    SUCCEEDED,
    FAILED
  }

  /** States of a dispute; it only rises in this order. */
  enum DisputeStatus {
    INQUIRY,
    OPEN,
    WON,
    LOST
  }

  /** Grounds on which a refund is asked for. */
  enum RefundBasis {
    OTHER,
    DUPLICATE_PAYMENT,
    POLICY_CHANGE_STRANDED,
    EU_WITHDRAWAL,
    BILLING_ERROR,
    UNAUTHORIZED_USE,
    SERVICE_FAILURE,
    INCORRECT_RESTRICTION
  }

  /** A call that was made. */
  record UsageEvent(
      String eventId,
      String accountId,
      long occurredAt,
      String model,
      List<String> capabilities,
      String serviceTier,
      Quantities quantities,
      @Nullable String authorizationId,
      @Nullable String projectId,
      @Nullable String apiKeyId,
      @Nullable String source,
      @Nullable Long sequence,
      Completion completion,
      UsageSource usageSource)
      implements AccountEvent {}

  /**
   * Credit asked for in advance, for one call or for a lease of several.
   *
   * @param quantities the estimate
   * @param amountNanos how much to hold, instead of the estimate's price
   */
  record AuthorizationRequested(
      String authorizationId,
      String accountId,
      long occurredAt,
      AuthorizationPurpose purpose,
      @Nullable String model,
      List<String> capabilities,
      String serviceTier,
      Quantities quantities,
      @Nullable Long amountNanos,
      long ttlMillis,
      @Nullable String projectId,
      @Nullable String apiKeyId)
      implements AccountEvent {}

  /** An authorization that is no longer needed. */
  record AuthorizationReleased(
      String authorizationId, String accountId, long occurredAt, @Nullable Long settledUsage)
      implements AccountEvent {}

  /** Money that arrived. */
  record PaymentSucceeded(
      String paymentId,
      String accountId,
      long amountNanos,
      String currency,
      long occurredAt,
      @Nullable String rechargeId,
      @Nullable Integer attempt,
      @Nullable String cardFingerprint,
      List<String> intendedModels)
      implements AccountEvent {}

  /** Money of a payment that goes back to its payer, or may. */
  sealed interface Reversal permits PaymentRefunded, DisputeUpdated {

    String accountId();

    String paymentId();

    long amountNanos();

    long occurredAt();
  }

  /** A refund moved on; its payment may be reported later. */
  record PaymentRefunded(
      String refundId,
      String paymentId,
      String accountId,
      long amountNanos,
      RefundStatus status,
      long occurredAt)
      implements AccountEvent, Reversal {}

  /** A dispute moved on; its payment may be reported later. */
  record DisputeUpdated(
      String disputeId,
      String paymentId,
      String accountId,
      long amountNanos,
      DisputeStatus status,
      long occurredAt)
      implements AccountEvent, Reversal {}

  /** Somebody asks for a payment back. */
  record RefundRequested(
      String refundRequestId,
      String accountId,
      String paymentId,
      RefundBasis basis,
      long occurredAt)
      implements AccountEvent {}

  /** A payment that its card's bank refused. */
  record PaymentFailed(
      String paymentId,
      String accountId,
      long amountNanos,
      String currency,
      long occurredAt,
      @Nullable String rechargeId,
      @Nullable Integer attempt,
      String declineCode,
      @Nullable String adviceCode,
      @Nullable String networkAdviceCode,
      @Nullable String cardFingerprint)
      implements AccountEvent {}

  /** The customer has cleared a declined card with its bank; null: whichever it is. */
  record IssuerCleared(String accountId, @Nullable String cardFingerprint, long occurredAt)
      implements AccountEvent {}

  /** Facts about the account. */
  record AccountOpened(
      String accountId,
      long occurredAt,
      String currency,
      @Nullable String country,
      BuyerType buyerType)
      implements AccountEvent {}

  /** A verification of the organisation moved on. */
  record VerificationUpdated(
      String accountId,
      VerificationStatus status,
      @Nullable String identityHash,
      long occurredAt,
      @Nullable String reason)
      implements AccountEvent {}

  /** A phone was verified for the account. */
  record PhoneVerified(String accountId, String phoneHash, long occurredAt)
      implements AccountEvent {}

  /** How, and whether, the account recharges itself. */
  record AutoRechargeConfigured(
      String accountId,
      boolean enabled,
      long thresholdNanos,
      long targetNanos,
      @Nullable Long monthlyLimitNanos,
      long occurredAt)
      implements AccountEvent {}

  /** The balances at which the account wants to hear. */
  record AlertLevelsConfigured(String accountId, List<Long> levelsNanos, long occurredAt)
      implements AccountEvent {}

  /**
   * What the account, a project or a key may spend in a month.
   *
   * @param scopeId the project or key; null: the account
   * @param monthlyLimitNanos null: as much as it likes
   */
  record SpendLimitConfigured(
      String accountId,
      SpendLimitScope scope,
      @Nullable String scopeId,
      @Nullable Long monthlyLimitNanos,
      SpendLimitEnforcement enforcement,
      long occurredAt)
      implements AccountEvent {}

  /** How far usage may go below zero. */
  record OverdraftConfigured(String accountId, long limitNanos, long occurredAt)
      implements AccountEvent {}

  /** Credit that was given, not bought. */
  record CreditGranted(
      String grantId,
      String accountId,
      GrantKind kind,
      long amountNanos,
      String currency,
      long effectiveAt,
      @Nullable Long expiresAt,
      @Nullable Integer priority,
      @Nullable String reason,
      long occurredAt)
      implements AccountEvent {}

  /** A grant that was taken back. */
  record CreditVoided(String grantId, String accountId, long occurredAt, @Nullable String reason)
      implements AccountEvent {}

  /** The account may not use anything for now. */
  record AccountSuspended(String accountId, long occurredAt, @Nullable String reason)
      implements AccountEvent {}

  /** The suspension ended. */
  record AccountReinstated(String accountId, long occurredAt, @Nullable String reason)
      implements AccountEvent {}

  /**
   * The registry's answer to a claim.
   *
   * @param subject what the claim was for within the account
   * @param reason why it was refused
   * @param retryAt when it can succeed at the earliest; null: granted, or never
   */
  record ClaimAnswered(
      ClaimKind kind,
      String claimKey,
      String accountId,
      String subject,
      boolean granted,
      @Nullable String reason,
      @Nullable Long retryAt,
      long occurredAt)
      implements AccountEvent {}
}
