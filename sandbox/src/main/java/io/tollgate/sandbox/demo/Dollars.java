package io.tollgate.sandbox.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Amounts in US dollars, rounded to the cent for people. */
final class Dollars {

  private static final int NANO_DIGITS = 9;
  private static final int CENT_DIGITS = 2;

  private Dollars() {}

  /** Such as {@code $1,234.56} or {@code -$0.50}. */
  static String of(long nanos) {
    BigDecimal cents =
        BigDecimal.valueOf(nanos, NANO_DIGITS).setScale(CENT_DIGITS, RoundingMode.HALF_EVEN);
    return (cents.signum() < 0 ? "-$" : "$") + String.format(Locale.ROOT, "%,.2f", cents.abs());
  }
}
