package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;

/** Free credit: granted, started at its time, voided (§5). */
final class Grants {
  private Grants() {}

  static void granted(Step step, JsonNode event) {
    Account account = step.account;
    Currencies.demand(account, event);
    Lot lot = new Lot();
    lot.id = Fields.text(event, "grantId");
    lot.kind = Fields.text(event, "kind");
    lot.granted = Fields.number(event, "amountNanos");
    lot.effectiveAt = Fields.time(event, "effectiveAt");
    lot.expiresAt = Fields.optionalTime(event, "expiresAt");
    Long priority = Fields.optionalNumber(event, "priority");
    lot.priority = priority == null ? 50 : priority;
    lot.cancelled = account.voids.containsKey(lot.id);
    account.lots.add(lot);
    if (!lot.cancelled && lot.effectiveAt <= step.now) {
      start(step, lot);
    }
  }

  /** Lets a free lot take effect, with its entry. */
  static void start(Step step, Lot lot) {
    Account account = step.account;
    lot.started = true;
    boolean expired = lot.isExpiredAt(step.now);
    long amount = expired ? Math.min(account.debt, lot.granted) : lot.granted;
    if (amount > 0) {
      Booking booking = new Booking(step, "GRANT");
      Lots.credit(step, booking, lot, amount);
      booking.write();
      Recharges.credited(step, booking.balanceBefore(), false);
    }
    lot.expiryJudged = expired;
    lot.writtenOff = expired;
    Expiry.scheduleNotices(step, lot);
  }

  static void voided(Step step, JsonNode event) {
    String grantId = Fields.text(event, "grantId");
    step.account.voids.put(grantId, event);
    for (Lot lot : step.account.lots) {
      if (lot.isPurchased() || !lot.id.equals(grantId)) {
        continue;
      }
      lot.cancelled = true;
      if (lot.inEffect()) {
        Booking booking = new Booking(step, "VOID");
        booking.move(lot, -lot.remaining);
        booking.write();
      }
    }
  }
}
