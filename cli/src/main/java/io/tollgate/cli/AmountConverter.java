package io.tollgate.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's amount in units of a currency, such as {@code 9.99}, as nano-units. */
public final class AmountConverter implements ITypeConverter<Long> {

  @Override
  public Long convert(String text) {
    try {
      long nanos = Money.parse(text);
      if (nanos > 0) {
        return nanos;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw refused(text);
    }
    throw refused(text);
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "'%s' is no amount above 0 with at most nine decimals, such as 9.99".formatted(text));
  }
}
