package io.tollgate.domain.account;

import org.jspecify.annotations.Nullable;

/**
 * What auto-recharge asked for in the present UTC month: each recharge counts in the month of its
 * decision until it ends without success.
 */
final class RechargeMonth {

  static final int NONE = -1;

  /** The month that {@link #asked} is of. */
  int month = NONE;

  long asked;

  /** The month in which the limit was last said to be reached. */
  int alertedMonth = NONE;

  RechargeMonth copy() {
    RechargeMonth copy = new RechargeMonth();
    copy.month = month;
    copy.asked = asked;
    copy.alertedMonth = alertedMonth;
    return copy;
  }

  /** What counts in this month. */
  long asked(int now) {
    return now == month ? asked : 0;
  }

  /** An amount cut to what the limit leaves; negative if the limit was lowered since. */
  long cut(long amount, int now, @Nullable Long limit) {
    return limit == null ? amount : Math.min(amount, limit - asked(now));
  }

  void count(int now, long amount) {
    long before = asked(now);
    asked = amount > Long.MAX_VALUE - before ? Long.MAX_VALUE : before + amount;
    month = now;
  }

  /** What is more than can be counted stays so until the month ends. */
  void uncount(Recharge recharge) {
    if (recharge.month() == month && asked < Long.MAX_VALUE) {
      asked -= recharge.amount();
    }
  }

  /** Whether the month has not been told yet that its limit is reached. */
  boolean alertOnce(int now) {
    boolean first = alertedMonth != now;
    alertedMonth = now;
    return first;
  }
}
