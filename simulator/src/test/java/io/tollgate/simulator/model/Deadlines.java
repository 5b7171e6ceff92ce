package io.tollgate.simulator.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an account is waiting for, computed anew from its state whenever asked (§8). */
final class Deadlines {
  private final Options options;
  private final Publications publications;

  Deadlines(Options options, Publications publications) {
    this.options = options;
    this.publications = publications;
  }

  /** The next deadline of an account, or null. */
  @Nullable Deadline next(Account account) {
    List<Deadline> deadlines = new ArrayList<>();
    addHolds(account, deadlines);
    for (Lot lot : account.lots) {
      addLot(lot, deadlines);
    }
    addRecharge(account, deadlines);
    addMonthStart(account, deadlines);
    Long balanceDueAt = publications.balanceDueAt(account);
    if (balanceDueAt != null) {
      deadlines.add(
          new Deadline(balanceDueAt, Kind.BALANCE, "", step -> step.judgesLevels = false));
    }
    return deadlines.stream()
        .min(
            Comparator.comparingLong(Deadline::at)
                .thenComparing(Deadline::kind)
                .thenComparing(Deadline::subject))
        .orElse(null);
  }

  private static void addHolds(Account account, List<Deadline> deadlines) {
    for (Account.Authorization hold : account.authorizations.values()) {
      if (hold.open) {
        deadlines.add(
            new Deadline(
                Authorizations.endsAt(hold),
                Kind.HOLD,
                hold.id,
                step -> Authorizations.end(step, theHold(step.account, hold.id))));
      }
    }
  }

  private void addLot(Lot lot, List<Deadline> deadlines) {
    if (!lot.started && !lot.cancelled) {
      deadlines.add(
          new Deadline(
              lot.effectiveAt,
              Kind.LOT_START,
              lot.id,
              step -> Grants.start(step, theLot(step.account, lot))));
    }
    Long expiresAt = lot.expiresAt;
    if (!lot.inEffect() || expiresAt == null) {
      return;
    }
    if (!lot.expiryJudged) {
      deadlines.add(
          new Deadline(
              expiresAt,
              Kind.EXPIRY,
              lot.id,
              step -> theLot(step.account, lot).expiryJudged = true));
    }
    if (!lot.writtenOff) {
      deadlines.add(
          new Deadline(
              expiresAt + options.lateUsageGraceMillis(),
              Kind.WRITE_OFF,
              lot.id,
              step -> Expiry.writeOff(step, theLot(step.account, lot))));
    }
    for (int days : lot.noticeDays) {
      deadlines.add(
          new Deadline(
              expiresAt - days * Times.DAY,
              Kind.NOTICE,
              lot.id,
              step -> Expiry.notice(step, theLot(step.account, lot), days)));
    }
  }

  private static void addRecharge(Account account, List<Deadline> deadlines) {
    Long nextAt = account.recharge.nextAt;
    if (nextAt != null) {
      deadlines.add(
          new Deadline(nextAt, Kind.RECHARGE, Recharges.rechargeId(account), Recharges::due));
    }
  }

  /**
   * A month start matters where a recharge waits for it, or where a reached limit ends with the
   * month.
   */
  private static void addMonthStart(Account account, List<Deadline> deadlines) {
    boolean recharges =
        account.recharge.phase == Recharge.Phase.ARMED
            && !account.suspended
            && account.posted <= account.recharge.threshold;
    if (recharges || SpendLimits.accountIsBlocked(account, account.ruleTime)) {
      long at = Times.nextMonthStart(account.monthsJudgedUntil);
      deadlines.add(
          new Deadline(at, Kind.MONTH_START, Times.month(at), step -> step.judgesRecharge = true));
    }
  }

  // A deadline is looked up on one copy of the account and fires on another.

  private static Lot theLot(Account account, Lot wanted) {
    return account.lots.stream()
        .filter(lot -> lot.id.equals(wanted.id) && lot.isPurchased() == wanted.isPurchased())
        .findFirst()
        .orElseThrow();
  }

  private static Account.Authorization theHold(Account account, String id) {
    return account.authorizations.values().stream()
        .filter(hold -> hold.id.equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** The kinds of deadlines in the order in which they fire at equal times. */
  enum Kind {
    HOLD,
    LOT_START,
    EXPIRY,
    WRITE_OFF,
    NOTICE,
    RECHARGE,
    MONTH_START,
    BALANCE
  }

  /**
   * Something that happens by itself.
   *
   * @param subject lotId, authorizationId, rechargeId or month
   */
  record Deadline(long at, Kind kind, String subject, Consumer<Step> effect) {
    /** A deadline that is found late fires at the account's time. */
    long firesAt(Account account) {
      return Math.max(at, account.ruleTime);
    }
  }
}
