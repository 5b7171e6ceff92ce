package io.tollgate.testkit;

import io.tollgate.events.AccountOpened;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.AlertLevelsConfigured;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.CreditGranted;
import io.tollgate.events.CreditVoided;
import io.tollgate.events.DisputeStatus;
import io.tollgate.events.DisputeUpdated;
import io.tollgate.events.IssuerCleared;
import io.tollgate.events.OverdraftConfigured;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentRefunded;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.PhoneVerified;
import io.tollgate.events.RefundBasis;
import io.tollgate.events.RefundRequested;
import io.tollgate.events.RefundStatus;
import io.tollgate.events.SpendLimitConfigured;
import io.tollgate.events.UsageEvent;
import io.tollgate.events.VerificationStatus;
import io.tollgate.events.VerificationUpdated;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Sentences for every record that goes in. Each takes what the record cannot do without, and sets
 * further fields by the record's own builder. Its own time is now unless it is set; identities that
 * are not set are made: {@code usage-1}, {@code usage-2}, {@code payment-1} and so on.
 */
abstract class Inputs {

  private final Map<String, Integer> numbers = new HashMap<>();

  /** Puts a record on the topic of its type, under its own key, now. */
  public abstract TollgateTestDriver send(SpecificRecord record);

  /** The time that it is. */
  public abstract Instant now();

  private String nextId(String kind) {
    return kind + "-" + numbers.merge(kind, 1, Integer::sum);
  }

  /** A call to a model, measured; {@code usage-1} and so on. Quantities are fields. */
  @SafeVarargs
  public final TollgateTestDriver usage(
      String account, String model, Consumer<UsageEvent.Builder>... fields) {
    UsageEvent.Builder usage =
        UsageEvent.newBuilder()
            .setEventId(nextId("usage"))
            .setAccountId(account)
            .setOccurredAt(now())
            .setModel(model);
    return send(Fields.set(usage, fields).build());
  }

  /** A gateway asks whether a call may go ahead. Model and estimate, or amount, are fields. */
  @SafeVarargs
  public final TollgateTestDriver authorize(
      String account, String authorizationId, Consumer<AuthorizationRequested.Builder>... fields) {
    AuthorizationRequested.Builder request =
        AuthorizationRequested.newBuilder()
            .setAuthorizationId(authorizationId)
            .setAccountId(account)
            .setRequestedAt(now());
    return send(Fields.set(request, fields).build());
  }

  /** A gateway gives a hold back. */
  @SafeVarargs
  public final TollgateTestDriver release(
      String account, String authorizationId, Consumer<AuthorizationReleased.Builder>... fields) {
    AuthorizationReleased.Builder release =
        AuthorizationReleased.newBuilder()
            .setAuthorizationId(authorizationId)
            .setAccountId(account)
            .setReleasedAt(now());
    return send(Fields.set(release, fields).build());
  }

  /** Money was taken; {@code payment-1} and so on. */
  @SafeVarargs
  public final TollgateTestDriver payment(
      String account, long amountNanos, Consumer<PaymentSucceeded.Builder>... fields) {
    PaymentSucceeded.Builder payment =
        PaymentSucceeded.newBuilder()
            .setPaymentId(nextId("payment"))
            .setAccountId(account)
            .setAmountNanos(amountNanos)
            .setOccurredAt(now());
    return send(Fields.set(payment, fields).build());
  }

  /** A card was declined; {@code payment-1} and so on. */
  @SafeVarargs
  public final TollgateTestDriver paymentFailed(
      String account,
      long amountNanos,
      String declineCode,
      Consumer<PaymentFailed.Builder>... fields) {
    PaymentFailed.Builder failure =
        PaymentFailed.newBuilder()
            .setPaymentId(nextId("payment"))
            .setAccountId(account)
            .setAmountNanos(amountNanos)
            .setDeclineCode(declineCode)
            .setOccurredAt(now());
    return send(Fields.set(failure, fields).build());
  }

  /** A payment is given back; {@code refund-of-payment-1}, the same for every status. */
  @SafeVarargs
  public final TollgateTestDriver refund(
      String account,
      String paymentId,
      long amountNanos,
      RefundStatus status,
      Consumer<PaymentRefunded.Builder>... fields) {
    PaymentRefunded.Builder refund =
        PaymentRefunded.newBuilder()
            .setRefundId("refund-of-" + paymentId)
            .setPaymentId(paymentId)
            .setAccountId(account)
            .setAmountNanos(amountNanos)
            .setStatus(status)
            .setOccurredAt(now());
    return send(Fields.set(refund, fields).build());
  }

  /** A payment is disputed; {@code dispute-of-payment-1}, the same for every status. */
  @SafeVarargs
  public final TollgateTestDriver dispute(
      String account,
      String paymentId,
      long amountNanos,
      DisputeStatus status,
      Consumer<DisputeUpdated.Builder>... fields) {
    DisputeUpdated.Builder dispute =
        DisputeUpdated.newBuilder()
            .setDisputeId("dispute-of-" + paymentId)
            .setPaymentId(paymentId)
            .setAccountId(account)
            .setAmountNanos(amountNanos)
            .setStatus(status)
            .setOccurredAt(now());
    return send(Fields.set(dispute, fields).build());
  }

  /** The customer has cleared it with the card's issuer. */
  @SafeVarargs
  public final TollgateTestDriver issuerCleared(
      String account, Consumer<IssuerCleared.Builder>... fields) {
    IssuerCleared.Builder cleared =
        IssuerCleared.newBuilder().setAccountId(account).setOccurredAt(now());
    return send(Fields.set(cleared, fields).build());
  }

  /** Facts of an account. */
  @SafeVarargs
  public final TollgateTestDriver opened(
      String account, Consumer<AccountOpened.Builder>... fields) {
    AccountOpened.Builder opened =
        AccountOpened.newBuilder().setAccountId(account).setOpenedAt(now());
    return send(Fields.set(opened, fields).build());
  }

  /** A phone number was verified. */
  @SafeVarargs
  public final TollgateTestDriver phoneVerified(
      String account, String phoneHash, Consumer<PhoneVerified.Builder>... fields) {
    PhoneVerified.Builder verified =
        PhoneVerified.newBuilder()
            .setAccountId(account)
            .setPhoneHash(phoneHash)
            .setVerifiedAt(now());
    return send(Fields.set(verified, fields).build());
  }

  /** The verification of an organisation has a new status. */
  @SafeVarargs
  public final TollgateTestDriver verification(
      String account, VerificationStatus status, Consumer<VerificationUpdated.Builder>... fields) {
    VerificationUpdated.Builder updated =
        VerificationUpdated.newBuilder()
            .setAccountId(account)
            .setStatus(status)
            .setOccurredAt(now());
    return send(Fields.set(updated, fields).build());
  }

  /** Auto-recharge is turned on; turned off by {@code setEnabled(false)}. */
  @SafeVarargs
  public final TollgateTestDriver autoRecharge(
      String account,
      long thresholdNanos,
      long targetNanos,
      Consumer<AutoRechargeConfigured.Builder>... fields) {
    AutoRechargeConfigured.Builder configured =
        AutoRechargeConfigured.newBuilder()
            .setAccountId(account)
            .setEnabled(true)
            .setThresholdNanos(thresholdNanos)
            .setTargetNanos(targetNanos)
            .setOccurredAt(now());
    return send(Fields.set(configured, fields).build());
  }

  /** Alert levels of the account's own. */
  public final TollgateTestDriver alertLevels(String account, long... levelsNanos) {
    return send(
        AlertLevelsConfigured.newBuilder()
            .setAccountId(account)
            .setLevelsNanos(LongStream.of(levelsNanos).boxed().toList())
            .setOccurredAt(now())
            .build());
  }

  /** A monthly limit of the whole account that alerts; other kinds are fields. */
  @SafeVarargs
  public final TollgateTestDriver spendLimit(
      String account, long monthlyLimitNanos, Consumer<SpendLimitConfigured.Builder>... fields) {
    SpendLimitConfigured.Builder configured =
        SpendLimitConfigured.newBuilder()
            .setAccountId(account)
            .setMonthlyLimitNanos(monthlyLimitNanos)
            .setOccurredAt(now());
    return send(Fields.set(configured, fields).build());
  }

  /** An overdraft limit of the account's own. */
  @SafeVarargs
  public final TollgateTestDriver overdraft(
      String account, long limitNanos, Consumer<OverdraftConfigured.Builder>... fields) {
    OverdraftConfigured.Builder configured =
        OverdraftConfigured.newBuilder()
            .setAccountId(account)
            .setLimitNanos(limitNanos)
            .setOccurredAt(now());
    return send(Fields.set(configured, fields).build());
  }

  /** Free credit, promotional and in effect now; {@code grant-1} and so on. */
  @SafeVarargs
  public final TollgateTestDriver grant(
      String account, long amountNanos, Consumer<CreditGranted.Builder>... fields) {
    CreditGranted.Builder grant =
        CreditGranted.newBuilder()
            .setGrantId(nextId("grant"))
            .setAccountId(account)
            .setAmountNanos(amountNanos)
            .setEffectiveAt(now())
            .setOccurredAt(now());
    return send(Fields.set(grant, fields).build());
  }

  /** A grant is taken back. */
  @SafeVarargs
  public final TollgateTestDriver voidGrant(
      String account, String grantId, Consumer<CreditVoided.Builder>... fields) {
    CreditVoided.Builder voided =
        CreditVoided.newBuilder().setGrantId(grantId).setAccountId(account).setOccurredAt(now());
    return send(Fields.set(voided, fields).build());
  }

  /** An operator suspends the account. */
  @SafeVarargs
  public final TollgateTestDriver suspend(
      String account, Consumer<AccountSuspended.Builder>... fields) {
    AccountSuspended.Builder suspended =
        AccountSuspended.newBuilder().setAccountId(account).setOccurredAt(now());
    return send(Fields.set(suspended, fields).build());
  }

  /** An operator reinstates the account. */
  @SafeVarargs
  public final TollgateTestDriver reinstate(
      String account, Consumer<AccountReinstated.Builder>... fields) {
    AccountReinstated.Builder reinstated =
        AccountReinstated.newBuilder().setAccountId(account).setOccurredAt(now());
    return send(Fields.set(reinstated, fields).build());
  }

  /** A customer asks for a payment back; {@code refund-request-1} and so on. */
  @SafeVarargs
  public final TollgateTestDriver refundRequest(
      String account,
      String paymentId,
      RefundBasis basis,
      Consumer<RefundRequested.Builder>... fields) {
    RefundRequested.Builder request =
        RefundRequested.newBuilder()
            .setRefundRequestId(nextId("refund-request"))
            .setAccountId(account)
            .setPaymentId(paymentId)
            .setBasis(basis)
            .setOccurredAt(now());
    return send(Fields.set(request, fields).build());
  }
}
