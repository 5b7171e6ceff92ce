package io.tollgate.consumers;

import org.jspecify.annotations.Nullable;

/** A consumer could not start, or stopped because of a failure that it cannot pass over. */
public final class ConsumerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConsumerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
