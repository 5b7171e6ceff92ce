package io.tollgate.schemas.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Times as text: UTC, ISO-8601, to the millisecond, such as {@code 2026-01-01T00:00:00.000Z}.
 *
 * <p>Years outside 0000 to 9999 are written, and read, in the expanded form with a sign.
 */
public final class IsoMillis {

  private static final int FRACTION_DIGITS = 3;
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder().appendInstant(FRACTION_DIGITS).toFormatter(Locale.ROOT);
  // Narrower than Java's own: no 24:00, no leap second, nothing finer than a millisecond.
  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\d{4}|[+-]\\d{4,9})-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,3})?Z");

  private IsoMillis() {}

  /** The time as text; never fails for a time that a long of milliseconds can hold. */
  public static String format(Instant time) {
    return FORMAT.format(time);
  }

  /**
   * The time that a text stands for; fraction digits may be left out.
   *
   * @throws IllegalArgumentException if it is no time in UTC, or finer than a millisecond
   */
  public static Instant parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("Not a UTC time like 2026-01-01T00:00:00.000Z: " + text);
    }
    try {
      return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("There is no time " + text, e);
    }
  }
}
