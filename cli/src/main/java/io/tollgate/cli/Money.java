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
    return digits(new BigDecimal(nanos, NANO_DIGITS)) + " " + currency;
  }

  /** The same where the currency is not known: units of the account's. */
  public static String digits(long nanos) {
    return digits(BigDecimal.valueOf(nanos, NANO_DIGITS));
  }

  /** An exact amount in whole units of a currency. */
  public static String digits(BigDecimal units) {
    BigDecimal amount = units.stripTrailingZeros();
    return (amount.scale() < SHOWN_DIGITS ? amount.setScale(SHOWN_DIGITS) : amount).toPlainString();
  }

  /**
   * The nano-units of an amount in whole units of a currency, such as {@code 9.99}.
   *
   * @throws NumberFormatException if it is no number
   * @throws ArithmeticException if it is finer than a nano-unit, or too large
   */
  public static long parse(String units) {
    return new BigDecimal(units).movePointRight(NANO_DIGITS).longValueExact();
  }
}
