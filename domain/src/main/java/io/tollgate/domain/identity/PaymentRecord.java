package io.tollgate.domain.identity;

import io.tollgate.domain.event.AccountEvent.PaymentSucceeded;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one payment for ever. Its refunds and disputes have records of their own,
 * so that no number of them makes this one grow.
 *
 * @param digest the content that was credited
 * @param occurredAt the payment's own time
 * @param recordedAt when it was credited
 * @param entryVersion of the ledger entry that credited it: payments arrived in this order
 * @param reversed what has gone back of it
 * @param strandedBy the policies that its lot was ever stranded by
 */
public record PaymentRecord(
    long digest,
    long amountNanos,
    long occurredAt,
    long recordedAt,
    long entryVersion,
    @Nullable String rechargeId,
    @Nullable String cardFingerprint,
    Reversed reversed,
    List<String> strandedBy) {

  /**
   * What has gone back of a payment, in nanos.
   *
   * @param taken by refunds and lost disputes; at most the payment
   * @param expired of its lot, as far as no reversal has counted against it
   * @param disputed by the disputes that are open
   * @param excess of lost disputes that found too little left; at most the payment
   */
  public record Reversed(long taken, long expired, long disputed, long excess) {

    public static final Reversed NOTHING = new Reversed(0, 0, 0, 0);
  }

  public PaymentRecord {
    strandedBy = List.copyOf(strandedBy);
  }

  /** A payment that has just been credited. */
  public static PaymentRecord of(
      PaymentSucceeded payment, long digest, long recordedAt, long entryVersion) {
    return new PaymentRecord(
        digest,
        payment.amountNanos(),
        payment.occurredAt(),
        recordedAt,
        entryVersion,
        payment.rechargeId(),
        payment.cardFingerprint(),
        Reversed.NOTHING,
        List.of());
  }

  /** What a refund or a lost dispute may still take. */
  public long leftNanos() {
    return amountNanos - reversed.taken();
  }

  /** Takes so much, of it so much for free; gives it back if negative. */
  public PaymentRecord withTaken(long nanos, long ofExpired) {
    return with(
        new Reversed(
            reversed.taken() + nanos,
            reversed.expired() - ofExpired,
            reversed.disputed(),
            reversed.excess()));
  }

  public PaymentRecord withExpired(long nanos) {
    return with(
        new Reversed(
            reversed.taken(), reversed.expired() + nanos, reversed.disputed(), reversed.excess()));
  }

  public PaymentRecord withDisputed(long nanos) {
    return with(new Reversed(reversed.taken(), reversed.expired(), nanos, reversed.excess()));
  }

  /** No more than the payment can ever come back to be taken, so no more is kept in mind. */
  public PaymentRecord withExcess(long nanos) {
    return with(
        new Reversed(
            reversed.taken(),
            reversed.expired(),
            reversed.disputed(),
            Math.min(nanos, amountNanos)));
  }

  public PaymentRecord withStrandedBy(String policyId) {
    List<String> policies = new ArrayList<>(strandedBy);
    policies.add(policyId);
    return with(reversed, policies);
  }

  private PaymentRecord with(Reversed newer) {
    return with(newer, strandedBy);
  }

  private PaymentRecord with(Reversed newer, List<String> policies) {
    return new PaymentRecord(
        digest,
        amountNanos,
        occurredAt,
        recordedAt,
        entryVersion,
        rechargeId,
        cardFingerprint,
        newer,
        policies);
  }
}
