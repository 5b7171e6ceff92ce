package io.tollgate.domain.account;

import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.effect.Effect.LotBalance;
import io.tollgate.domain.effect.Effect.LotKind;
import java.util.Comparator;

/**
 * One credit in effect, with its own remainder and expiry.
 *
 * @param priority smaller pays first
 * @param expiresAt end, exclusive; {@link #NEVER} for none
 * @param noticeDays the next expiry notice goes out so many days before the end; 0 for no more
 * @param expired whether the deadline at expiresAt has fired
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
    boolean expired) {

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

  /** A lot that starts now; notices that are already past are skipped. */
  static Lot starting(
      String lotId,
      LotKind kind,
      long amount,
      int priority,
      long effectiveAt,
      long expiresAt,
      long now) {
    Lot lot = new Lot(lotId, kind, amount, amount, priority, effectiveAt, expiresAt, 0, false);
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
    return occurredAt < expiresAt;
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

  Lot withRemaining(long nanos) {
    return new Lot(
        lotId, kind, granted, nanos, priority, effectiveAt, expiresAt, noticeDays, expired);
  }

  Lot withNoticeDays(int days) {
    return new Lot(
        lotId, kind, granted, remaining, priority, effectiveAt, expiresAt, days, expired);
  }

  Lot asExpired() {
    return new Lot(
        lotId, kind, granted, remaining, priority, effectiveAt, expiresAt, noticeDays, true);
  }

  LotBalance balance() {
    return new LotBalance(
        lotId, kind, granted, remaining, 0, effectiveAt, expiresAt == NEVER ? null : expiresAt);
  }
}
