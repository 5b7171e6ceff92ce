package io.tollgate.domain;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Calendar arithmetic in UTC; adding months and years clamps to the month's last day. */
public final class UtcCalendar {

  public static final long HOUR_MILLIS = 3_600_000L;
  public static final long DAY_MILLIS = 24 * HOUR_MILLIS;

  private static final DateTimeFormatter ISO_MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm 'UTC'");
  private static final DateTimeFormatter DAY_AND_MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'");

  private UtcCalendar() {}

  /** Never later than {@link Limits#MAX_TIME}. */
  public static long plusYears(long time, int years) {
    return plusMonths(time, 12 * years);
  }

  /** Never later than {@link Limits#MAX_TIME}. */
  public static long plusMonths(long time, int months) {
    long later = at(time).plusMonths(months).toInstant(ZoneOffset.UTC).toEpochMilli();
    return Math.min(later, Limits.MAX_TIME);
  }

  /** The months since year 0 of the month that holds this time. */
  public static int monthOf(long time) {
    LocalDateTime at = at(time);
    return at.getYear() * 12 + at.getMonthValue() - 1;
  }

  /** The first instant of a month as {@link #monthOf} counts them. */
  public static long startOf(int month) {
    return yearMonth(month).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** A month as {@code 2026-01}. */
  public static String monthText(int month) {
    return yearMonth(month).toString();
  }

  /** A time as {@code 2026-01-01T00:00:00.000Z}. */
  public static String text(long time) {
    return ISO_MILLIS.format(at(time));
  }

  /** A time to the minute, for people: {@code 14:05 UTC}; with its day if that is not today's. */
  public static String minuteText(long time, long now) {
    boolean today = at(time).toLocalDate().equals(at(now).toLocalDate());
    return (today ? MINUTE : DAY_AND_MINUTE).format(at(time));
  }

  /** A time to the minute, for people: {@code 2026-01-01 14:05 UTC}; the start of a day as it. */
  public static String dayText(long time) {
    boolean startOfDay = Math.floorMod(time, DAY_MILLIS) == 0;
    return (startOfDay ? DateTimeFormatter.ISO_LOCAL_DATE : DAY_AND_MINUTE).format(at(time));
  }

  private static YearMonth yearMonth(int month) {
    return YearMonth.of(Math.floorDiv(month, 12), Math.floorMod(month, 12) + 1);
  }

  private static LocalDateTime at(long time) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
  }
}
