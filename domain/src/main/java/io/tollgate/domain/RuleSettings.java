package io.tollgate.domain;

import java.util.List;

/**
 * The numbers of the rules that an operator may change. Times in milliseconds, amounts in nanos of
 * the account's currency.
 *
 * @param alertLevels balances at which LOW_BALANCE fires where an account names none
 * @param overdraftLimit how far usage may take an account below zero where it names no limit
 * @param minimumPurchase the smallest recharge
 * @param lateUsageGrace how long after its expiry a lot still pays for usage from before
 * @param balancePublishInterval how often usage alone publishes a balance, at most
 * @param usageHorizon how long usage is remembered, and how late it may come
 * @param futureTolerance how far ahead of its record usage may say it happened
 * @param rechargeResend after how long an unanswered recharge is sent again
 * @param declines what each code of a declined payment asks for
 */
public record RuleSettings(
    List<Long> alertLevels,
    long overdraftLimit,
    long minimumPurchase,
    long lateUsageGrace,
    long balancePublishInterval,
    long usageHorizon,
    long futureTolerance,
    long rechargeResend,
    DeclineTable declines) {

  private static final long UNIT = 1_000_000_000L;

  public RuleSettings {
    alertLevels = List.copyOf(alertLevels);
  }

  /** The contract's defaults; codes of declined payments are data, and so come from outside. */
  public static RuleSettings defaults(DeclineTable declines) {
    return new RuleSettings(
        List.of(5 * UNIT, UNIT),
        UNIT,
        5 * UNIT,
        UtcCalendar.HOUR_MILLIS,
        10_000,
        35 * UtcCalendar.DAY_MILLIS,
        UtcCalendar.HOUR_MILLIS,
        15 * 60_000,
        declines);
  }
}
