package io.tollgate.simulator.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lots hold, what of it is usable, and the order in which usage draws on them (§5). */
final class Lots {
  private Lots() {}

  static List<Lot> inDrainOrder(Account account) {
    List<Lot> lots = new ArrayList<>(account.lots);
    lots.removeIf(lot -> !lot.inEffect());
    lots.sort(Lot.DRAIN_ORDER);
    return lots;
  }

  static @Nullable Lot find(Account account, String lotId) {
    return account.lots.stream().filter(lot -> lot.id.equals(lotId)).findFirst().orElse(null);
  }

  static long frozen(Account account, Lot lot) {
    long disputed = 0;
    for (Account.Dispute dispute : account.disputes.values()) {
      if (lot.isPurchased() && dispute.status.equals("OPEN") && dispute.paymentId.equals(lot.id)) {
        disputed += Math.min(dispute.amount, lot.remaining - disputed);
      }
    }
    return disputed;
  }

  static long unfrozen(Account account, Lot lot) {
    return lot.remaining - frozen(account, lot);
  }

  /** Posted less frozen and expired money; money kept for holds is not counted as expired. */
  static long usable(Account account, long now) {
    Map<Lot, Long> kept = keptForHolds(account, now);
    long usable = Math.negateExact(account.debt);
    for (Lot lot : inDrainOrder(account)) {
      usable += lot.isExpiredAt(now) ? kept.getOrDefault(lot, 0L) : unfrozen(account, lot);
    }
    return usable;
  }

  static long held(Account account) {
    long held = 0;
    for (Account.Authorization authorization : account.authorizations.values()) {
      held = Math.addExact(held, authorization.open ? authorization.held : 0);
    }
    return held;
  }

  static long available(Account account, long now) {
    return Math.subtractExact(usable(account, now), held(account));
  }

  /**
   * The money of expired lots that holds from before their expiry still need: in drain order each
   * lot backs the oldest holds first, an expired one only those opened before it expired.
   */
  static Map<Lot, Long> keptForHolds(Account account, long now) {
    List<Account.Authorization> holds = new ArrayList<>(account.authorizations.values());
    holds.removeIf(hold -> !hold.open);
    holds.sort(Comparator.<Account.Authorization>comparingLong(hold -> hold.openedAt));
    Map<String, Long> unbacked = new HashMap<>();
    holds.forEach(hold -> unbacked.put(hold.id, hold.held));
    Map<Lot, Long> kept = new HashMap<>();
    for (Lot lot : inDrainOrder(account)) {
      long rest = unfrozen(account, lot);
      long backs = 0;
      for (Account.Authorization hold : holds) {
        boolean mayBack = !lot.isExpiredAt(now) || lot.endsAfter(hold.openedAt);
        long part = mayBack ? Math.min(rest - backs, unbacked.getOrDefault(hold.id, 0L)) : 0;
        unbacked.merge(hold.id, -part, Long::sum);
        backs += part;
      }
      if (lot.isExpiredAt(now)) {
        kept.put(lot, backs);
      }
    }
    return kept;
  }

  /** How much of which lot may pay for usage, in drain order. */
  static List<Draw> drawsFor(Step step, long occurredAt, Account.@Nullable Authorization hold) {
    Map<Lot, Long> kept = keptForHolds(step.account, step.now);
    long holdRest = hold == null || !hold.open ? 0 : hold.held;
    List<Draw> draws = new ArrayList<>();
    for (Lot lot : inDrainOrder(step.account)) {
      long rest = unfrozen(step.account, lot);
      if (lot.endsAfter(occurredAt) && !lot.writtenOff) {
        draws.add(new Draw(lot, rest));
      } else if (hold != null && lot.endsAfter(hold.openedAt)) {
        long part =
            Math.min(holdRest, lot.isExpiredAt(step.now) ? kept.getOrDefault(lot, 0L) : rest);
        holdRest -= part;
        draws.add(new Draw(lot, part));
      }
    }
    return draws;
  }

  static long most(List<Draw> draws) {
    return draws.stream().mapToLong(Draw::most).reduce(0, Math::addExact);
  }

  /** Draws an amount and returns what is left uncovered. */
  static long draw(Booking booking, List<Draw> draws, long amount) {
    long uncovered = amount;
    for (Draw draw : draws) {
      long part = Math.min(uncovered, draw.most());
      booking.move(draw.lot(), -part);
      uncovered -= part;
    }
    return uncovered;
  }

  /** Puts money into a lot, after debt is paid; returns what reached the lot. */
  static long credit(Step step, Booking booking, Lot lot, long amount) {
    long paid = Math.min(step.account.debt, amount);
    booking.changeDebt(-paid);
    booking.move(lot, amount - paid);
    return amount - paid;
  }

  /** A lot and the most that may be drawn from it. */
  record Draw(Lot lot, long most) {}
}
