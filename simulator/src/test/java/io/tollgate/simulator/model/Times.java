package io.tollgate.simulator.model;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Times in epoch milliseconds, their text, and calendar arithmetic in UTC (§1). */
final class Times {
  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  /** The last millisecond of the year 9999. */
  static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  static String iso(long millis) {
    return ISO.format(Instant.ofEpochMilli(millis));
  }

  static long parse(String iso) {
    return Instant.parse(iso).toEpochMilli();
  }

  static String month(long millis) {
    return YearMonth.from(utc(millis)).toString();
  }

  /** The first month start after the given time. */
  static long nextMonthStart(long millis) {
    return YearMonth.from(utc(millis))
        .plusMonths(1)
        .atDay(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant()
        .toEpochMilli();
  }

  static long plusMonths(long millis, int months) {
    return utc(millis).plusMonths(months).toInstant().toEpochMilli();
  }

  static long hour(long millis) {
    return Math.floorDiv(millis, HOUR);
  }

  private static ZonedDateTime utc(long millis) {
    return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC);
  }
}
