package io.tollgate.domain.account;

import io.tollgate.domain.UtcCalendar;
import org.jspecify.annotations.Nullable;

/**
 * The auto-recharge of one account: a state machine with at most one recharge in flight.
 *
 * <pre>
 *   OFF ──configure──▶ ARMED ──posted ≤ threshold──▶ PENDING ──success──▶ ARMED (or OFF, if so configured meanwhile)
 *                                                    PENDING ──silence──▶ sent again three times, then stalled
 *                                            PENDING, stalled ──configure──▶ ARMED or OFF
 *                                 any but OFF ──a dispute is lost──▶ STOPPED ──configure──▶ ARMED or OFF
 * </pre>
 */
final class AutoRecharge {

  /** A request is sent so often before it counts as stalled. */
  private static final int SENDS = 4;

  static final int NO_MONTH = -1;

  /** What the account's owner wants. */
  record Config(
      boolean enabled, long threshold, long target, @Nullable Long monthlyLimit, long occurredAt) {}

  /** One recharge, from its first request to its end. */
  record Recharge(long number, long amount, long threshold, long target, int month) {}

  sealed interface State {}

  record Off() implements State {}

  record Armed() implements State {}

  /** For good, until it is configured anew. */
  record Stopped() implements State {}

  /**
   * A request is out.
   *
   * @param sends how often this attempt was sent
   * @param firstSentAt when it was sent first
   * @param stalled whether its last deadline passed without a word
   */
  record Pending(Recharge recharge, int attempt, int sends, long firstSentAt, boolean stalled)
      implements State {

    /** When silence has a consequence again; {@link Lot#NEVER} once it had all of them. */
    long dueAt(long resendAfter) {
      return stalled ? Lot.NEVER : firstSentAt + sends * resendAfter;
    }
  }

  /** What judging the balance led to. */
  enum Verdict {
    NOTHING,
    FIRED,
    LIMIT_REACHED
  }

  State state = new Off();
  @Nullable Config config;

  /** Arrived while a recharge was in flight; holds from its end. */
  @Nullable Config nextConfig;

  /** How many recharges there ever were. */
  long count;

  /** The month that {@link #countedNanos} are of. */
  int countedMonth = NO_MONTH;

  /** Requested in that month, less what ended without success. */
  long countedNanos;

  int limitAlertMonth = NO_MONTH;

  AutoRecharge copy() {
    AutoRecharge copy = new AutoRecharge();
    copy.state = state;
    copy.config = config;
    copy.nextConfig = nextConfig;
    copy.count = count;
    copy.countedMonth = countedMonth;
    copy.countedNanos = countedNanos;
    copy.limitAlertMonth = limitAlertMonth;
    return copy;
  }

  /** Whether these settings are at least as recent as the last ones. */
  boolean accepts(Config newer) {
    Config last = nextConfig == null ? config : nextConfig;
    return last == null || newer.occurredAt() >= last.occurredAt();
  }

  /** Re-arms or turns off; while an answer is awaited, from its arrival. */
  void configure(Config newer) {
    if (state instanceof Pending pending && !pending.stalled()) {
      nextConfig = newer;
      return;
    }
    if (state instanceof Pending pending) {
      uncount(pending.recharge());
    }
    use(newer);
  }

  private void use(Config newer) {
    config = newer;
    nextConfig = null;
    state = newer.enabled() ? new Armed() : new Off();
  }

  private void uncount(Recharge recharge) {
    if (recharge.month() == countedMonth) {
      countedNanos -= recharge.amount();
    }
  }

  /** Ends the recharge in flight if it is this one. */
  boolean succeeded(String accountId, String rechargeId) {
    if (!(state instanceof Pending pending)
        || !rechargeId(accountId, pending.recharge()).equals(rechargeId)) {
      return false;
    }
    state = new Armed();
    if (nextConfig != null) {
      use(nextConfig);
    }
    return true;
  }

  /**
   * Charges the card no more: its owner has taken money back.
   *
   * @return whether it was on
   */
  boolean disputeLost() {
    if (state instanceof Pending pending) {
      uncount(pending.recharge());
    }
    if (nextConfig != null) {
      use(nextConfig);
    }
    if (state instanceof Off || state instanceof Stopped) {
      return false;
    }
    state = new Stopped();
    return true;
  }

  /** Fires if armed and the balance is at or below the threshold. */
  Verdict judge(long posted, long now, long minimum) {
    if (!waitsForCredit(posted) || config == null) {
      return Verdict.NOTHING;
    }
    int month = UtcCalendar.monthOf(now);
    long amount = Math.max(saturatedDifference(config.target(), posted), minimum);
    if (config.monthlyLimit() != null) {
      long counted = month == countedMonth ? countedNanos : 0;
      amount = Math.min(amount, config.monthlyLimit() - counted);
      if (amount < minimum) {
        return reachLimit(month);
      }
    }
    count = Math.addExact(count, 1);
    if (month != countedMonth) {
      countedMonth = month;
      countedNanos = 0;
    }
    countedNanos = amount > Long.MAX_VALUE - countedNanos ? Long.MAX_VALUE : countedNanos + amount;
    Recharge recharge = new Recharge(count, amount, config.threshold(), config.target(), month);
    state = new Pending(recharge, 1, 1, now, false);
    return Verdict.FIRED;
  }

  /** A target beyond what can be reached asks for all there is, rather than for nothing. */
  private static long saturatedDifference(long target, long posted) {
    return posted < 0 && target > Long.MAX_VALUE + posted ? Long.MAX_VALUE : target - posted;
  }

  private Verdict reachLimit(int month) {
    if (limitAlertMonth == month) {
      return Verdict.NOTHING;
    }
    limitAlertMonth = month;
    return Verdict.LIMIT_REACHED;
  }

  /** Armed with a balance that would fire it: what a new month may change. */
  boolean waitsForCredit(long posted) {
    return state instanceof Armed && config != null && posted <= config.threshold();
  }

  /** The same attempt goes out once more, or counts as stalled. Returns what it became. */
  Pending passDeadline(Pending pending) {
    boolean stalls = pending.sends() == SENDS;
    Pending next =
        new Pending(
            pending.recharge(),
            pending.attempt(),
            stalls ? pending.sends() : pending.sends() + 1,
            pending.firstSentAt(),
            stalls);
    state = next;
    return next;
  }

  static String rechargeId(String accountId, Recharge recharge) {
    return accountId + ":" + recharge.number();
  }
}
