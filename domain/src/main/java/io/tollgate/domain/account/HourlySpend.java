package io.tollgate.domain.account;

import io.tollgate.domain.Limits;
import io.tollgate.domain.UtcCalendar;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What an account was charged in this UTC hour and the one before, by record time. */
final class HourlySpend {

  long hour;
  long thisHour;
  long lastHour;

  HourlySpend copy() {
    HourlySpend copy = new HourlySpend();
    copy.hour = hour;
    copy.thisHour = thisHour;
    copy.lastHour = lastHour;
    return copy;
  }

  void add(long nanos, long at) {
    roll(at);
    thisHour = Math.addExact(thisHour, nanos);
  }

  private void roll(long at) {
    long now = Math.floorDiv(at, UtcCalendar.HOUR_MILLIS);
    if (now != hour) {
      lastHour = now == hour + 1 ? thisHour : 0;
      thisHour = 0;
      hour = now;
    }
  }

  /**
   * When the balance will be used up at the present rate: what was charged in this hour, and the
   * part of the last hour that this one has not reached yet. Null if nothing is spent or left, or
   * beyond the year 9999.
   */
  @Nullable Long exhaustionAt(long posted, long at) {
    roll(at);
    long left = UtcCalendar.HOUR_MILLIS - Math.floorMod(at, UtcCalendar.HOUR_MILLIS);
    BigInteger hourMillis = BigInteger.valueOf(UtcCalendar.HOUR_MILLIS);
    BigInteger spent =
        BigInteger.valueOf(lastHour)
            .multiply(BigInteger.valueOf(left))
            .divide(hourMillis)
            .add(BigInteger.valueOf(thisHour));
    if (spent.signum() == 0 || posted <= 0) {
      return null;
    }
    BigInteger time =
        BigInteger.valueOf(posted).multiply(hourMillis).divide(spent).add(BigInteger.valueOf(at));
    return time.compareTo(BigInteger.valueOf(Limits.MAX_TIME)) > 0 ? null : time.longValueExact();
  }
}
