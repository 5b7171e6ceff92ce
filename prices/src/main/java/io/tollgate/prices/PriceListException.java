package io.tollgate.prices;

import org.jspecify.annotations.Nullable;

/** A price list that cannot be used: says where and why. */
public final class PriceListException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PriceListException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
