package io.tollgate.producers.adapters;

import java.util.Locale;
import java.util.Set;

/** Amounts as Stripe states them: whole numbers of a currency's smallest unit. */
final class StripeAmounts {

  /**
   * Currencies that Stripe states in whole units, and in thousandths; all others are in hundredths,
   * also ISK, which has none any more. Not ISO 4217's digits, which differ.
   */
  private static final Set<String> WHOLE =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");

  private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  /** Documented as whole units and, for old integrations, as hundredths: no guess is safe. */
  private static final String AMBIGUOUS = "UGX";

  private StripeAmounts() {}

  /** The currency's ISO 4217 code. */
  static String currency(JsonFields object) {
    return object.text("currency").toUpperCase(Locale.ROOT);
  }

  /**
   * The amount in nano-units of the object's currency, exactly.
   *
   * @throws AdapterException if it is no whole number, or exceeds 64 bits
   */
  static long nanos(JsonFields object, String name) {
    String currency = currency(object);
    if (currency.equals(AMBIGUOUS)) {
      throw new AdapterException(
          "amounts in UGX are not read: whether Stripe means whole units or hundredths depends on"
              + " the integration");
    }
    long nanosPerUnit =
        WHOLE.contains(currency)
            ? 1_000_000_000L
            : THOUSANDTHS.contains(currency) ? 1_000_000L : 10_000_000L;
    try {
      return Math.multiplyExact(object.count(name), nanosPerUnit);
    } catch (ArithmeticException e) {
      throw new AdapterException(object.at(name) + " exceeds 64 bits of nano-units", e);
    }
  }
}
