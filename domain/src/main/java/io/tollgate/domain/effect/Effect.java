package io.tollgate.domain.effect;

import io.tollgate.domain.Rejection;
import io.tollgate.domain.event.AccountEvent.Reversal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the rules tell the world about one account: the output records of the contract.
 * Times are UTC epoch milliseconds, amounts nano-units of the account's currency.
 */
public sealed interface Effect {

  /** The account it is about. */
  String accountId();

  enum EntryType {
    USAGE,
    PURCHASE,
    GRANT,
    EXPIRY,
    REFUND,
    REFUND_REVERSAL,
    DISPUTE_LOST,
    VOID
  }

  enum EntryFlag {
    NOT_CHARGED,
    OVERRUN,
    LATE_SETTLEMENT
  }

  /** What caused an entry: a record by topic and id, or a deadline by its subject. */
  record Cause(String topic, String id, int partition, long offset) {}

  record LotMovement(String lotId, long deltaNanos) {}

  record UsageLine(String meter, long quantity, long nanosPerMillion) {}

  /** One movement of an account's balance. */
  record LedgerEntry(
      String entryId,
      String accountId,
      long version,
      EntryType type,
      Cause cause,
      long occurredAt,
      long recordedAt,
      long amountNanos,
      long balanceBeforeNanos,
      long balanceAfterNanos,
      List<LotMovement> lotMovements,
      long debtAfterNanos,
      long writtenOffNanos,
      List<UsageLine> lines,
      @Nullable String authorizationId,
      @Nullable String projectId,
      @Nullable String apiKeyId,
      List<EntryFlag> flags)
      implements Effect {}

  enum LotKind {
    PURCHASED,
    PROMOTIONAL,
    COMPENSATION,
    TRIAL
  }

  record LotBalance(
      String lotId,
      LotKind kind,
      long grantedNanos,
      long remainingNanos,
      long frozenNanos,
      long effectiveAt,
      @Nullable Long expiresAt) {}

  record Lifetime(
      long purchased,
      long granted,
      long used,
      long expired,
      long refunded,
      long disputed,
      long voided,
      long writtenOff) {

    public static final Lifetime NONE = new Lifetime(0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** What an account has. */
  record AccountBalance(
      String accountId,
      long version,
      long asOf,
      String currency,
      long postedNanos,
      long heldNanos,
      long availableNanos,
      long debtNanos,
      List<LotBalance> lots,
      Lifetime lifetime)
      implements Effect {}

  enum AccountStatus {
    ACTIVE,
    SUSPENDED
  }

  enum CreditState {
    FUNDED,
    LOW,
    EXHAUSTED
  }

  /** What an account may do. */
  record AccountAccess(
      String accountId,
      long version,
      long asOf,
      AccountStatus status,
      boolean verified,
      CreditState creditState,
      boolean spendLimitReached)
      implements Effect {}

  /** The account's access is the default again: its record is to be removed. */
  record AccountAccessRemoved(String accountId) implements Effect {}

  /** Types of alerts, in the order in which they go out. */
  enum AlertType {
    EXHAUSTED,
    LOW_BALANCE,
    BALANCE_RECOVERED,
    EXPIRY_SOON,
    CREDIT_EXPIRED,
    OVERDRAFT_WRITTEN_OFF,
    SPEND_LIMIT_NEAR,
    SPEND_LIMIT_REACHED,
    RECHARGE_FAILED,
    CONTACT_ISSUER,
    CUSTOMER_ACTION_REQUIRED,
    RECHARGE_DELAYED,
    RECHARGE_LIMIT_REACHED,
    RECHARGE_STALLED,
    RECHARGE_DISABLED
  }

  /** Something that a person should know in time. */
  record BalanceAlert(
      String alertId,
      String accountId,
      AlertType type,
      @Nullable Long levelNanos,
      long balanceNanos,
      long occurredAt,
      String causeId,
      @Nullable Long nextAttemptAt,
      @Nullable Long projectedExhaustionAt,
      String detail)
      implements Effect {}

  enum RechargeReason {
    BELOW_THRESHOLD,
    DENIED_FOR_CREDIT,
    RETRY_AFTER_DECLINE,
    UNKNOWN_OUTCOME
  }

  /** An order to charge the account's card. */
  record RechargeRequested(
      String rechargeId,
      int attempt,
      String idempotencyKey,
      String accountId,
      long amountNanos,
      String currency,
      long balanceNanos,
      long thresholdNanos,
      long targetNanos,
      long requestedAt,
      long deadline,
      RechargeReason reason)
      implements Effect {}

  enum AuthorizationOutcome {
    ALLOWED,
    DENIED
  }

  /** The answer to a request for credit in advance. */
  record AuthorizationDecided(
      String authorizationId,
      String accountId,
      AuthorizationOutcome outcome,
      @Nullable BlockReason reason,
      @Nullable String remedy,
      long heldNanos,
      @Nullable Long expiresAt,
      boolean finalGrant,
      long availableNanos,
      long decidedAt)
      implements Effect {}

  enum BlockReason {
    VERIFICATION_REQUIRED,
    INSUFFICIENT_CREDIT,
    SPEND_LIMIT_REACHED,
    ACCOUNT_SUSPENDED,
    UNPRICED_MODEL
  }

  /** Usage that is not charged because the account had no right to it. */
  record UsageBlocked(
      String id,
      String accountId,
      @Nullable String model,
      List<String> capabilities,
      BlockReason reason,
      String remedy,
      long wouldHaveCostNanos,
      boolean served,
      @Nullable String policyId,
      long occurredAt)
      implements Effect {}

  /** Purchased credit met a requirement that was announced after the purchase. */
  record CreditStranded(
      String accountId, String lotId, String policyId, long amountNanos, long occurredAt)
      implements Effect {}

  /** Stranded credit may be used after all. */
  record StrandingCleared(
      String accountId, String lotId, String policyId, long amountNanos, long occurredAt)
      implements Effect {}

  /** Grounds on which a refund is decided; FINAL_SALE if there is none. */
  enum RefundDecisionBasis {
    FINAL_SALE,
    DUPLICATE_PAYMENT,
    POLICY_CHANGE_STRANDED,
    EU_WITHDRAWAL,
    BILLING_ERROR,
    UNAUTHORIZED_USE,
    SERVICE_FAILURE,
    INCORRECT_RESTRICTION,
    OTHER
  }

  /** Whether a payment may be refunded, on what ground, and how much of it. */
  record RefundDecided(
      String refundRequestId,
      String accountId,
      String paymentId,
      boolean eligible,
      RefundDecisionBasis basis,
      long maxAmountNanos,
      List<String> evidence,
      long decidedAt)
      implements Effect {}

  /**
   * A refund or dispute that waited for its payment is refused, now that it has come.
   *
   * @param cause where the refused record is
   */
  record ReversalRejected(Reversal reversal, Cause cause, Rejection rejection, long rejectedAt)
      implements Effect {

    @Override
    public String accountId() {
      return reversal.accountId();
    }
  }

  /**
   * Whether a verified phone earned the account its trial credit.
   *
   * @param reason why it did not; null: it did
   */
  record TrialDecided(
      String accountId,
      String phoneHash,
      boolean granted,
      @Nullable String reason,
      @Nullable String lotId,
      long decidedAt)
      implements Effect {}

  /** What is claimed across all accounts. */
  enum ClaimKind {
    PHONE,
    IDENTITY,
    CARD;

    /** The key under which the registry keeps the claims of this phone, identity or card. */
    public String keyOf(String hash) {
      return name() + ":" + hash;
    }
  }

  enum ClaimAction {
    CLAIM,
    DECLINED,
    RELEASED
  }

  /**
   * A word to the registry of claims.
   *
   * @param claimKey as {@link ClaimKind#keyOf} makes it
   * @param subject what the claim is for within the account
   * @param payment id and attempt of the payment that was declined, so that it counts once
   * @param requestedAt the account's rule time
   * @param occurredAt when the card was declined
   */
  record ClaimRequested(
      ClaimKind kind,
      ClaimAction action,
      String claimKey,
      String accountId,
      String subject,
      @Nullable String payment,
      long requestedAt,
      @Nullable Long occurredAt)
      implements Effect {

    /** Asks for a phone, an identity, or a slot of a card. */
    public static ClaimRequested claim(
        ClaimKind kind, String hash, String accountId, String subject, long requestedAt) {
      return new ClaimRequested(
          kind, ClaimAction.CLAIM, kind.keyOf(hash), accountId, subject, null, requestedAt, null);
    }
  }
}
