package io.tollgate.domain.account;

import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.effect.Effect.LotBalance;
import io.tollgate.domain.effect.Effect.LotKind;
import io.tollgate.domain.identity.PaymentRecord;
import java.util.Comparator;

/**
 * One credit in effect, with its own remainder and expiry.
 *
 * @param priority smaller pays first
 * @param expiresAt end, exclusive; {@link #NEVER} for none
 * @param noticeDays the next expiry notice goes out so many days before the end; 0 for no more
 * @param stage how far its end has come
 * @param boughtAt own time of the payment; 0 if it was not bought
 * @param disputed Σ of the payment's OPEN disputes; so much of what remains is frozen
 */
record Lot(
    String lotId,
    LotKind kind,
    long granted,
    long remaining,
    int priority,
    long effectiveAt,
    long expiresAt,
    int noticeDays,
    Stage stage,
    long boughtAt,
    long disputed) {

  /** The stages of its end; each begins with a deadline. */
  enum Stage {
    /** Anybody may spend it. */
    RUNNING,
    /** From expiresAt: late usage from before may, and holds opened before. */
    EXPIRED,
    /** After the grace for late usage: holds opened before may; the rest is written off. */
    WRITTEN_OFF
  }

  static final long NEVER = Long.MAX_VALUE;
  static final int DEFAULT_PRIORITY = 50;

  /** Days before the end at which notices go out, the first one first. */
  private static final int[] NOTICE_DAYS = {30, 7, 1};

  /** The order in which lots pay: what costs the customer least to lose goes first. */
  static final Comparator<Lot> DRAIN_ORDER =
      Comparator.comparingInt(Lot::priority)
          .thenComparing(Lot::purchased)
          .thenComparingLong(Lot::expiresAt)
          .thenComparingLong(Lot::effectiveAt)
          .thenComparing(Lot::lotId);

  /** The whole lot of a payment; notices from before that time are skipped. */
  static Lot bought(String paymentId, PaymentRecord payment, long noticesFrom) {
    Lot lot =
        new Lot(
            paymentId,
            LotKind.PURCHASED,
            payment.amountNanos(),
            payment.amountNanos(),
            DEFAULT_PRIORITY,
            payment.recordedAt(),
            UtcCalendar.plusYears(payment.occurredAt(), 1),
            0,
            Stage.RUNNING,
            payment.occurredAt(),
            payment.reversed().disputed());
    return lot.withNoticeDays(lot.firstNoticeAtOrAfter(noticesFrom));
  }

  /** The lot of a grant that starts now; notices that are already past are skipped. */
  static Lot granted(PendingGrant grant, long now) {
    Lot lot =
        new Lot(
            grant.grantId(),
            grant.kind(),
            grant.amount(),
            grant.amount(),
            grant.priority(),
            grant.effectiveAt(),
            grant.expiresAt(),
            0,
            Stage.RUNNING,
            0,
            0);
    return lot.withNoticeDays(lot.firstNoticeAtOrAfter(now));
  }

  private int firstNoticeAtOrAfter(long now) {
    if (expiresAt != NEVER) {
      for (int days : NOTICE_DAYS) {
        if (noticeAt(days) >= now) {
          return days;
        }
      }
    }
    return 0;
  }

  boolean purchased() {
    return kind == LotKind.PURCHASED;
  }

  /** Whether usage from that time may draw on it. */
  boolean pays(long occurredAt) {
    return occurredAt < expiresAt && stage != Stage.WRITTEN_OFF;
  }

  long noticeAt(int days) {
    return expiresAt - days * UtcCalendar.DAY_MILLIS;
  }

  /** How many days before the end the notice after this one goes out; 0 for no more. */
  int noticeAfter() {
    for (int days : NOTICE_DAYS) {
      if (days < noticeDays) {
        return days;
      }
    }
    return 0;
  }

  /** What disputes keep from being used. */
  long frozen() {
    return Math.min(remaining, disputed);
  }

  long unfrozen() {
    return remaining - frozen();
  }

  Lot withRemaining(long nanos) {
    return with(nanos, noticeDays, stage, disputed);
  }

  Lot withNoticeDays(int days) {
    return with(remaining, days, stage, disputed);
  }

  Lot at(Stage reached) {
    return with(remaining, noticeDays, reached, disputed);
  }

  Lot withDisputed(long nanos) {
    return with(remaining, noticeDays, stage, nanos);
  }

  private Lot with(long nanos, int days, Stage reached, long inDispute) {
    return new Lot(
        lotId,
        kind,
        granted,
        nanos,
        priority,
        effectiveAt,
        expiresAt,
        days,
        reached,
        boughtAt,
        inDispute);
  }

  LotBalance balance() {
    return new LotBalance(
        lotId,
        kind,
        granted,
        remaining,
        frozen(),
        effectiveAt,
        expiresAt == NEVER ? null : expiresAt);
  }
}
