package io.tollgate.testkit;

import io.tollgate.events.AlertType;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.BlockReason;
import io.tollgate.events.CreditStranded;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RefundDecided;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.events.StrandingCleared;
import io.tollgate.events.TrialDecided;
import io.tollgate.events.UsageBlocked;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBuilderBase;

/**
 * Sentences for every record that comes out. Each takes the account's next record of its type: the
 * fields that the sentence sets must be so, the others may be anything.
 */
abstract class Expectations extends Inputs {

  /**
   * The next record of the builder's type has the fields that are set on it. If its key is set,
   * only records with that key are looked at: order is promised within a key alone.
   */
  public abstract <T extends SpecificRecord> TollgateTestDriver expect(
      SpecificRecordBuilderBase<T> fields);

  /** An entry of the ledger. */
  @SafeVarargs
  public final TollgateTestDriver expectLedgerEntry(
      String account, EntryType type, long amountNanos, Consumer<LedgerEntry.Builder>... fields) {
    return expect(
        Fields.set(
            LedgerEntry.newBuilder()
                .setAccountId(account)
                .setType(type)
                .setAmountNanos(amountNanos),
            fields));
  }

  /** An alert. */
  @SafeVarargs
  public final TollgateTestDriver expectAlert(
      String account, AlertType type, Consumer<BalanceAlert.Builder>... fields) {
    return expect(
        Fields.set(BalanceAlert.newBuilder().setAccountId(account).setType(type), fields));
  }

  /** A request to take an amount from the customer's card. */
  @SafeVarargs
  public final TollgateTestDriver expectRechargeRequested(
      String account, long amountNanos, Consumer<RechargeRequested.Builder>... fields) {
    return expect(
        Fields.set(
            RechargeRequested.newBuilder().setAccountId(account).setAmountNanos(amountNanos),
            fields));
  }

  /** An authorization that is allowed. */
  @SafeVarargs
  public final TollgateTestDriver expectAllowed(
      String account, String authorizationId, Consumer<AuthorizationDecided.Builder>... fields) {
    return expect(
        Fields.set(decided(account, authorizationId, AuthorizationOutcome.ALLOWED), fields));
  }

  /** An authorization that is denied. */
  @SafeVarargs
  public final TollgateTestDriver expectDenied(
      String account,
      String authorizationId,
      BlockReason reason,
      Consumer<AuthorizationDecided.Builder>... fields) {
    return expect(
        Fields.set(
            decided(account, authorizationId, AuthorizationOutcome.DENIED).setReason(reason),
            fields));
  }

  private static AuthorizationDecided.Builder decided(
      String account, String authorizationId, AuthorizationOutcome outcome) {
    return AuthorizationDecided.newBuilder()
        .setAccountId(account)
        .setAuthorizationId(authorizationId)
        .setOutcome(outcome);
  }

  /** Usage that is not charged, or an authorization that is denied. */
  @SafeVarargs
  public final TollgateTestDriver expectBlocked(
      String account, BlockReason reason, Consumer<UsageBlocked.Builder>... fields) {
    return expect(
        Fields.set(UsageBlocked.newBuilder().setAccountId(account).setReason(reason), fields));
  }

  /** A decision about a trial. */
  @SafeVarargs
  public final TollgateTestDriver expectTrial(
      String account, boolean granted, Consumer<TrialDecided.Builder>... fields) {
    return expect(
        Fields.set(TrialDecided.newBuilder().setAccountId(account).setGranted(granted), fields));
  }

  /** A purchase that a policy has made unusable. */
  @SafeVarargs
  public final TollgateTestDriver expectStranded(
      String account, String lotId, long amountNanos, Consumer<CreditStranded.Builder>... fields) {
    return expect(
        Fields.set(
            CreditStranded.newBuilder()
                .setAccountId(account)
                .setLotId(lotId)
                .setAmountNanos(amountNanos),
            fields));
  }

  /** A purchase that is usable again. */
  @SafeVarargs
  public final TollgateTestDriver expectStrandingCleared(
      String account,
      String lotId,
      long amountNanos,
      Consumer<StrandingCleared.Builder>... fields) {
    return expect(
        Fields.set(
            StrandingCleared.newBuilder()
                .setAccountId(account)
                .setLotId(lotId)
                .setAmountNanos(amountNanos),
            fields));
  }

  /** A decision about a refund. */
  @SafeVarargs
  public final TollgateTestDriver expectRefundDecided(
      String account,
      String paymentId,
      boolean eligible,
      Consumer<RefundDecided.Builder>... fields) {
    return expect(
        Fields.set(
            RefundDecided.newBuilder()
                .setAccountId(account)
                .setPaymentId(paymentId)
                .setEligible(eligible),
            fields));
  }

  /** A record that is refused; the next of any key. */
  @SafeVarargs
  public final TollgateTestDriver expectRejected(
      RejectionReason reason, Consumer<RejectedEvent.Builder>... fields) {
    return expect(Fields.set(RejectedEvent.newBuilder().setReason(reason), fields));
  }
}
