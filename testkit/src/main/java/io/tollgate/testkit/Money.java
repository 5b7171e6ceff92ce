package io.tollgate.testkit;

import java.math.BigDecimal;

/** Amounts as tests write them. */
public final class Money {

  private static final int NANO_DIGITS = 9;

  private Money() {}

  /**
   * Nano-units of an amount in dollars, or in units of any other currency: {@code usd("9.99")} is
   * 9,990,000,000.
   *
   * @throws IllegalArgumentException if it is no number, finer than a nano, or too large
   */
  public static long usd(String amount) {
    try {
      return new BigDecimal(amount).movePointRight(NANO_DIGITS).longValueExact();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no amount; write units such as 5 or 0.25".formatted(amount), e);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s is no amount: at most 9 decimals, and nanos that fit a long".formatted(amount), e);
    }
  }
}
