package io.tollgate.prices;

import org.jspecify.annotations.Nullable;

/** A CSV file that cannot be used: says where and why. */
public final class CsvException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CsvException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
