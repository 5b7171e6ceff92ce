package io.tollgate.simulator.model;

import java.util.List;
import java.util.Map;

/** The end of lots: notices, expiry, write-off an hour later, and money kept for holds (§5). */
final class Expiry {
  private static final List<Integer> NOTICE_DAYS = List.of(30, 7, 1);

  private Expiry() {}

  /** Plans the notices that are not already past when the lot starts. */
  static void scheduleNotices(Step step, Lot lot) {
    if (lot.expiresAt != null) {
      for (int days : NOTICE_DAYS) {
        if (lot.expiresAt - days * Times.DAY >= step.now) {
          lot.noticeDays.add(days);
        }
      }
    }
  }

  /** A notice whose time comes while the lot is empty is not made up for when money returns. */
  static void dropNoticesOfEmptyLots(Account account, long time) {
    for (Lot lot : account.lots) {
      if (lot.remaining == 0 && lot.expiresAt != null) {
        long expiresAt = lot.expiresAt;
        lot.noticeDays.removeIf(days -> expiresAt - days * Times.DAY <= time);
      }
    }
  }

  static void notice(Step step, Lot lot, int days) {
    lot.noticeDays.remove(Integer.valueOf(days));
    if (lot.remaining >= Account.DOLLAR) {
      step.alert("EXPIRY_SOON", null, lot.id + ":" + days, null);
    }
  }

  /** The deadline an hour after the expiry. */
  static void writeOff(Step step, Lot lot) {
    lot.expiryJudged = true;
    lot.writtenOff = true;
    writeOffWhatIsNotKept(step);
  }

  /**
   * Writes off what no hold keeps any more of lots past their write-off; judged after each record.
   */
  static void writeOffWhatIsNotKept(Step step) {
    Map<Lot, Long> kept = Lots.keptForHolds(step.account, step.now);
    for (Lot lot : Lots.inDrainOrder(step.account)) {
      long rest = lot.remaining - kept.getOrDefault(lot, 0L);
      if (lot.writtenOff && rest > 0) {
        Booking booking = new Booking(step, "EXPIRY");
        booking.move(lot, -rest);
        lot.expired += rest;
        booking.write();
        step.alert("CREDIT_EXPIRED", null, lot.id + ":" + step.account.version, null);
      }
    }
  }
}
