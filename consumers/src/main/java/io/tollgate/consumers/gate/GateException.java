package io.tollgate.consumers.gate;

import org.jspecify.annotations.Nullable;

/** The gate cannot decide: it did not start, or has stopped because of a failure. */
public final class GateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  GateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
