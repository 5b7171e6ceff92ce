package io.tollgate.cli;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Amounts as people read them. */
public final class Money {

  private static final int NANO_DIGITS = 9;
  private static final int SHOWN_DIGITS = 2;

  private Money() {}

  /** Such as {@code 9.999025 USD}: exact, with at least two digits after the point. */
  public static String format(long nanos, String currency) {
    return format(BigInteger.valueOf(nanos), currency);
  }

  /** As for a long; sums may be larger. */
  public static String format(BigInteger nanos, String currency) {
    BigDecimal amount = new BigDecimal(nanos, NANO_DIGITS).stripTrailingZeros();
    if (amount.scale() < SHOWN_DIGITS) {
      amount = amount.setScale(SHOWN_DIGITS);
    }
    return amount.toPlainString() + " " + currency;
  }
}
