package io.tollgate.domain;

/** Amounts of money as people read them. */
public final class Amounts {

  private static final long UNIT = 1_000_000_000L;

  private Amounts() {}

  /** Exact, with at least two decimals: {@code 4.25 USD}, {@code 0.000000003 USD}. */
  public static String text(long nanos, String currency) {
    String sign = nanos < 0 ? "-" : "";
    long units = Math.abs(nanos / UNIT);
    String fraction = "%09d".formatted(Math.abs(nanos % UNIT));
    int end = fraction.length();
    while (end > 2 && fraction.charAt(end - 1) == '0') {
      end--;
    }
    return sign + units + "." + fraction.substring(0, end) + " " + currency;
  }
}
