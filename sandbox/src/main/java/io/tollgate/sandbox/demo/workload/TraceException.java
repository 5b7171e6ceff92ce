package io.tollgate.sandbox.demo.workload;

import org.jspecify.annotations.Nullable;

/** A trace that cannot be read; the message names the file, and the line if there is one. */
public final class TraceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TraceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
