package io.tollgate.domain.account;

import io.tollgate.domain.effect.Effect.Lifetime;
import io.tollgate.domain.effect.Effect.LotBalance;
import io.tollgate.domain.effect.Effect.LotMovement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The money of one account: lots in drain order, holds, debt, and what ever moved. Every method
 * keeps posted = Σ lots − debt, and throws {@link ArithmeticException} rather than wrap.
 */
final class Books {

  long version;
  int carry;
  long debt;
  long posted;
  final List<Lot> lots;
  final List<PendingGrant> pendingGrants;
  Holds holds = Holds.NONE;

  long purchased;
  long granted;
  long used;
  long expired;
  long refunded;
  long disputed;
  long voided;
  long writtenOff;

  Books() {
    lots = new ArrayList<>();
    pendingGrants = new ArrayList<>();
  }

  private Books(Books other) {
    version = other.version;
    carry = other.carry;
    debt = other.debt;
    posted = other.posted;
    lots = new ArrayList<>(other.lots);
    pendingGrants = new ArrayList<>(other.pendingGrants);
    holds = other.holds;
    purchased = other.purchased;
    granted = other.granted;
    used = other.used;
    expired = other.expired;
    refunded = other.refunded;
    disputed = other.disputed;
    voided = other.voided;
    writtenOff = other.writtenOff;
  }

  Books copy() {
    return new Books(this);
  }

  /**
   * What a debit took.
   *
   * @param movements from which lots
   * @param owed what became debt
   * @param writtenOff what nobody pays
   */
  record Debit(List<LotMovement> movements, long owed, long writtenOff) {}

  /**
   * Takes the amount from lots in drain order, then from the room for debt; the rest is written
   * off.
   *
   * @param most how much of each lot, by position, it may take
   * @return null, and nothing has changed, if there is something to pay and nothing to pay it with
   */
  @Nullable Debit debit(long amount, long[] most, long overdraftLimit) {
    long rest = amount;
    List<LotMovement> movements = new ArrayList<>(2);
    for (int i = 0; i < lots.size() && rest > 0; i++) {
      Lot lot = lots.get(i);
      long taken = Math.min(rest, most[i]);
      if (taken > 0) {
        lots.set(i, lot.withRemaining(lot.remaining() - taken));
        movements.add(new LotMovement(lot.lotId(), -taken));
        rest -= taken;
      }
    }
    long room = Math.max(0, Math.subtractExact(overdraftLimit, debt));
    long owed = Math.min(rest, room);
    if (amount > 0 && rest == amount && owed == 0) {
      return null;
    }
    dropEmptyLots();
    long unpaid = rest - owed;
    debt = Math.addExact(debt, owed);
    posted = Math.subtractExact(posted, amount - unpaid);
    used = Math.addExact(used, amount - unpaid);
    writtenOff = Math.addExact(writtenOff, unpaid);
    return new Debit(movements, owed, unpaid);
  }

  /** Pays debt first; what remains becomes the lot's. Returns what reached the lot. */
  long credit(Lot lot) {
    long reached = lot.remaining() - payDebt(lot.remaining());
    if (reached > 0) {
      insert(lot.withRemaining(reached));
    }
    posted = Math.addExact(posted, lot.remaining());
    return reached;
  }

  /** Pays debt from money that becomes no lot. Returns what it paid. */
  long creditDebtOnly(long amount) {
    long paid = payDebt(amount);
    posted = Math.addExact(posted, paid);
    return paid;
  }

  /**
   * Takes back what a payment brought: what is left in its lot, and the rest as debt.
   *
   * @return what left the lot
   */
  List<LotMovement> reverse(String paymentId, long amount) {
    Lot lot = boughtLot(paymentId);
    long taken = lot == null ? 0 : Math.min(amount, lot.remaining());
    debt = Math.addExact(debt, amount - taken);
    posted = Math.subtractExact(posted, amount);
    if (lot != null) {
      replace(lot, lot.withRemaining(lot.remaining() - taken));
      dropEmptyLots();
    }
    return movement(paymentId, -taken);
  }

  /**
   * Gives back what was taken: debt is paid first, what remains is the lot's again.
   *
   * @param whole the lot as it was bought, for the case that nothing was left of it
   * @return what reached the lot
   */
  List<LotMovement> giveBack(Lot whole, long amount) {
    Lot lot = boughtLot(whole.lotId());
    if (lot == null) {
      long reached = credit(whole.withRemaining(amount));
      return movement(whole.lotId(), reached);
    }
    long reached = amount - payDebt(amount);
    replace(lot, lot.withRemaining(lot.remaining() + reached));
    posted = Math.addExact(posted, amount);
    return movement(lot.lotId(), reached);
  }

  private static List<LotMovement> movement(String lotId, long delta) {
    return delta == 0 ? List.of() : List.of(new LotMovement(lotId, delta));
  }

  private long payDebt(long amount) {
    long paid = Math.min(debt, amount);
    debt -= paid;
    return paid;
  }

  /** Takes all that is left in a lot, and the lot with it. */
  long removeLot(Lot lot) {
    lots.remove(lot);
    posted -= lot.remaining();
    return lot.remaining();
  }

  private void insert(Lot lot) {
    int i = 0;
    while (i < lots.size() && Lot.DRAIN_ORDER.compare(lots.get(i), lot) <= 0) {
      i++;
    }
    lots.add(i, lot);
  }

  /** Takes a part of a lot; one that is empty then is still to be dropped. */
  void take(int index, long nanos) {
    Lot lot = lots.get(index);
    lots.set(index, lot.withRemaining(lot.remaining() - nanos));
    posted -= nanos;
  }

  void replace(Lot before, Lot after) {
    lots.set(lots.indexOf(before), after);
  }

  void dropEmptyLots() {
    lots.removeIf(lot -> lot.remaining() == 0);
  }

  @Nullable Lot freeLot(String lotId) {
    return lot(lotId, false);
  }

  /** What is left of a payment; null if nothing is. */
  @Nullable Lot boughtLot(String paymentId) {
    return lot(paymentId, true);
  }

  private @Nullable Lot lot(String lotId, boolean purchased) {
    for (Lot lot : lots) {
      if (lot.purchased() == purchased && lot.lotId().equals(lotId)) {
        return lot;
      }
    }
    return null;
  }

  /** Posted less what is frozen, and what has expired by then and is not kept for holds. */
  long usable(long at) {
    return Spendable.usable(this, at);
  }

  /** How many grants have something left or wait for their time. */
  int grants() {
    int grants = pendingGrants.size();
    for (Lot lot : lots) {
      grants += lot.purchased() ? 0 : 1;
    }
    return grants;
  }

  /** Whether anything was ever credited, debited or promised in the account's currency. */
  boolean moved() {
    return purchased != 0
        || granted != 0
        || used != 0
        || writtenOff != 0
        || carry != 0
        || !pendingGrants.isEmpty();
  }

  List<LotBalance> lotBalances() {
    List<LotBalance> balances = new ArrayList<>(lots.size());
    for (Lot lot : lots) {
      balances.add(lot.balance());
    }
    return balances;
  }

  Lifetime lifetime() {
    return new Lifetime(purchased, granted, used, expired, refunded, disputed, voided, writtenOff);
  }
}
