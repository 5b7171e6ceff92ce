package io.tollgate.domain.account;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.Lot.Stage;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.Cause;
import org.jspecify.annotations.Nullable;

/** What happens to an account by time alone. */
final class Deadlines {

  /** The topic that the cause of a deadline's entry names. */
  static final String CAUSE = "deadline";

  /** An expiry notice is worth sending if at least one unit of the currency is left. */
  private static final long NOTICE_MINIMUM = 1_000_000_000L;

  private final RuleSettings settings;

  Deadlines(RuleSettings settings) {
    this.settings = settings;
  }

  /** Kinds of deadlines, in the order in which those of one instant fire. */
  enum Kind {
    HOLD_END,
    LOT_START,
    LOT_EXPIRY,
    LOT_WRITE_OFF,
    EXPIRY_NOTICE,
    RECHARGE,
    MONTH_START,
    PUBLICATION
  }

  /**
   * One deadline.
   *
   * @param time when, in epoch milliseconds
   * @param subject what it is about: authorization, lot, recharge, month or account
   */
  record Due(long time, Kind kind, String subject) {

    private boolean isBefore(Due other) {
      if (time != other.time) {
        return time < other.time;
      }
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind < 0 : subject.compareTo(other.subject) < 0;
    }
  }

  /** The one that fires first; null if nothing is left to wait for. */
  @Nullable Due next(Account account) {
    Hold hold = account.books.holds.firstToEnd();
    Due first = hold == null ? null : new Due(hold.endsAt(), Kind.HOLD_END, hold.authorizationId());
    for (PendingGrant grant : account.books.pendingGrants) {
      first = earlier(first, grant.effectiveAt(), Kind.LOT_START, grant.grantId());
    }
    for (Lot lot : account.books.lots) {
      if (lot.expiresAt() == Lot.NEVER) {
        continue;
      }
      if (lot.noticeDays() > 0) {
        first = earlier(first, lot.noticeAt(lot.noticeDays()), Kind.EXPIRY_NOTICE, lot.lotId());
      }
      first =
          switch (lot.stage()) {
            case RUNNING -> earlier(first, lot.expiresAt(), Kind.LOT_EXPIRY, lot.lotId());
            case EXPIRED ->
                earlier(
                    first,
                    lot.expiresAt() + settings.lateUsageGrace(),
                    Kind.LOT_WRITE_OFF,
                    lot.lotId());
            case WRITTEN_OFF -> first;
          };
    }
    Long rechargeAt = account.recharge.dueAt(settings.rechargeResend());
    if (rechargeAt != null && account.recharge.state instanceof RechargeState.InFlight inFlight) {
      first = earlier(first, rechargeAt, Kind.RECHARGE, inFlight.recharge().id(account.id));
    }
    if (waitsForMonth(account)) {
      int month = UtcCalendar.monthOf(account.ruleTime) + (account.monthStartPending ? 0 : 1);
      first =
          earlier(
              first, UtcCalendar.startOf(month), Kind.MONTH_START, UtcCalendar.monthText(month));
    }
    if (account.publication.balancePending) {
      long at = account.publication.balanceAt + settings.balancePublishInterval();
      first = earlier(first, at, Kind.PUBLICATION, account.id);
    }
    return first;
  }

  private static boolean waitsForMonth(Account account) {
    return account.spendLimits.blocksAccountAt(account.ruleTime)
        || (!account.suspended && account.recharge.waitsForCredit(account.books.posted));
  }

  private static Due earlier(@Nullable Due first, long time, Kind kind, String subject) {
    if (first != null && first.time() < time) {
      return first;
    }
    Due due = new Due(time, kind, subject);
    return first == null || due.isBefore(first) ? due : first;
  }

  Decision.Applied fire(Account before, Due due, Arrival arrival) {
    Cause cause = new Cause(CAUSE, due.subject(), arrival.partition(), arrival.offset());
    long time = Math.max(due.time(), before.ruleTime);
    Step step = new Step(before, settings, time, time, cause, due.subject());
    step.account.monthStartPending =
        due.kind() != Kind.MONTH_START && monthStartPending(before, time);
    switch (due.kind()) {
      case HOLD_END -> endHold(step, due.subject());
      case LOT_START -> startLot(step, due.subject());
      case LOT_EXPIRY -> reach(Stage.EXPIRED, step, lot(step, due));
      case LOT_WRITE_OFF -> reach(Stage.WRITTEN_OFF, step, lot(step, due));
      case EXPIRY_NOTICE -> notice(step, lot(step, due));
      case RECHARGE -> step.account.recharge.passDeadline(step.time, step.rechargeOutbox);
      case MONTH_START -> step.judgeRecharge();
      case PUBLICATION -> {
        return step.publishPending();
      }
    }
    return step.finish();
  }

  /** A month that starts at this instant is judged after the other deadlines of the instant. */
  private static boolean monthStartPending(Account before, long time) {
    return time == UtcCalendar.startOf(UtcCalendar.monthOf(time))
        && (before.monthStartPending || before.ruleTime < time);
  }

  private static void endHold(Step step, String authorizationId) {
    Hold hold = step.account.books.holds.find(authorizationId);
    if (hold == null) {
      throw new IllegalStateException("the deadline of a hold that is not open");
    }
    AuthorizationRules.end(step, hold);
  }

  private static void startLot(Step step, String grantId) {
    for (PendingGrant grant : step.account.books.pendingGrants) {
      if (grant.grantId().equals(grantId)) {
        CreditRules.takeEffect(step, grant, step.time);
        return;
      }
    }
  }

  /** The lot that the deadline is of: an id may be used by a payment and a grant. */
  private Lot lot(Step step, Due due) {
    for (Lot lot : step.account.books.lots) {
      if (lot.lotId().equals(due.subject()) && isDue(lot, due)) {
        return lot;
      }
    }
    throw new IllegalStateException("no lot has the deadline " + due.kind());
  }

  private boolean isDue(Lot lot, Due due) {
    return switch (due.kind()) {
      case LOT_EXPIRY -> lot.stage() == Stage.RUNNING && lot.expiresAt() == due.time();
      case LOT_WRITE_OFF ->
          lot.stage() == Stage.EXPIRED && lot.expiresAt() + settings.lateUsageGrace() == due.time();
      default -> lot.noticeDays() > 0 && lot.noticeAt(lot.noticeDays()) == due.time();
    };
  }

  private static void reach(Stage stage, Step step, Lot lot) {
    step.account.books.replace(lot, lot.at(stage));
  }

  private static void notice(Step step, Lot lot) {
    step.account.books.replace(lot, lot.withNoticeDays(lot.noticeAfter()));
    if (lot.remaining() >= NOTICE_MINIMUM) {
      step.alert(
          AlertType.EXPIRY_SOON,
          lot.lotId() + ":" + lot.noticeDays(),
          "%s of credit %s expire at %s; use them before."
              .formatted(
                  step.money(lot.remaining()), lot.lotId(), UtcCalendar.text(lot.expiresAt())));
    }
  }
}
