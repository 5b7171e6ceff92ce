package io.tollgate.domain.account;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.RechargeState.Claiming;
import io.tollgate.domain.account.RechargeState.Cooldown;
import io.tollgate.domain.account.RechargeState.InFlight;
import io.tollgate.domain.account.RechargeState.Off;
import io.tollgate.domain.account.RechargeState.Pending;
import io.tollgate.domain.account.RechargeState.Stopped;
import io.tollgate.domain.claims.ClaimState;
import io.tollgate.domain.effect.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the auto-recharge of an account stands, and what it does next, found by trying the rules on
 * the account. Amounts are nano-units of its currency, times epoch milliseconds.
 *
 * @param settings null: it was never configured
 * @param settingsWait whether newer settings wait for the result of the recharge in flight
 * @param month the present UTC month, as {@code 2026-01}
 * @param requestedNanos what counts of this month's limit
 * @param leftNanos what this month's limit leaves; null: there is none
 * @param cardKnown whether a payment has named a card, whose budget is asked before each attempt
 * @param recharge in flight; null if there is none
 * @param debit a debit that was tried
 * @param deadline what time alone brings; null if it brings nothing
 */
public record RechargePreview(
    String accountId,
    String currency,
    long at,
    State state,
    boolean suspended,
    long postedNanos,
    @Nullable Settings settings,
    boolean settingsWait,
    String month,
    long requestedNanos,
    @Nullable Long leftNanos,
    boolean cardKnown,
    @Nullable InFlightRecharge recharge,
    Trial debit,
    @Nullable Trial deadline) {

  /** Where it stands. */
  public enum State {
    OFF,
    ARMED,
    CLAIMING,
    PENDING,
    STALLED,
    COOLDOWN,
    /** A purchase that lifts the balance starts it again, or new settings. */
    STOPPED_BY_CUSTOMER,
    /** Only new settings start it again. */
    STOPPED_FOR_GOOD
  }

  /** What the account's owner wants. */
  public record Settings(
      long thresholdNanos, long targetNanos, @Nullable Long monthlyLimitNanos, long configuredAt) {}

  /**
   * The recharge that has begun and has not ended.
   *
   * @param attempt the one that is out, or comes next
   */
  public record InFlightRecharge(String rechargeId, int attempt, long amountNanos) {}

  /** What the registry keeps of cards, phones and identities. */
  @FunctionalInterface
  public interface Claims {
    /** Null if nothing is kept under this key. */
    @Nullable ClaimState find(String claimKey);
  }

  /**
   * Something that was tried, and what the rules made of it.
   *
   * @param at when
   * @param debitNanos what was to be debited; 0 for a deadline
   * @param postedNanos after it
   * @param effects requests to recharge and alerts about recharging, in order
   */
  public record Trial(long at, long debitNanos, long postedNanos, List<Effect> effects) {

    public Trial {
      effects = List.copyOf(effects);
    }
  }

  /**
   * Tries the rules.
   *
   * @param debitNanos the debit to try; null: the smallest that brings the balance to the threshold
   */
  public static RechargePreview of(
      Account account, RuleSettings rules, Claims claims, long now, @Nullable Long debitNanos) {
    long at = Math.max(now, account.ruleTime);
    Rehearsal rehearsal = new Rehearsal(rules, claims);
    Account present = rehearsal.passTime(account, at).account();
    AutoRecharge recharge = present.recharge;
    AutoRecharge.Config config = recharge.config;
    int month = UtcCalendar.monthOf(at);
    Long limit = config == null ? null : config.monthlyLimit();
    long debit = debitNanos == null ? debitToThreshold(present) : debitNanos;
    Long dueAt = recharge.dueAt(rules.rechargeResend());
    return new RechargePreview(
        present.id,
        present.currency,
        at,
        state(recharge.state),
        present.suspended,
        present.books.posted,
        config == null
            ? null
            : new Settings(
                config.threshold(), config.target(), config.monthlyLimit(), config.occurredAt()),
        recharge.nextConfig != null,
        UtcCalendar.monthText(month),
        recharge.month.asked(month),
        limit == null ? null : Math.max(0, recharge.month.cut(Long.MAX_VALUE, month, limit)),
        recharge.card != null,
        recharge.state instanceof InFlight inFlight
            ? new InFlightRecharge(
                inFlight.recharge().id(present.id),
                inFlight.recharge().attempt(),
                inFlight.recharge().amount())
            : null,
        rehearsal.debit(present, debit, at).trial(),
        dueAt == null ? null : rehearsal.passTime(present, dueAt).trial());
  }

  private static long debitToThreshold(Account account) {
    AutoRecharge.Config config = account.recharge.config;
    long posted = account.books.posted;
    return config == null || posted <= config.threshold()
        ? 0
        : AutoRecharge.saturatedDifference(posted, config.threshold());
  }

  private static State state(RechargeState state) {
    if (state instanceof Off) {
      return State.OFF;
    } else if (state instanceof Claiming) {
      return State.CLAIMING;
    } else if (state instanceof Pending pending) {
      return pending.stalled() ? State.STALLED : State.PENDING;
    } else if (state instanceof Cooldown) {
      return State.COOLDOWN;
    } else if (state instanceof Stopped stopped) {
      return stopped.reason().isForGood() ? State.STOPPED_FOR_GOOD : State.STOPPED_BY_CUSTOMER;
    }
    return State.ARMED;
  }
}
