package io.tollgate.embedded;

import org.jspecify.annotations.Nullable;

/** An embedded broker that could not start, or that failed while it ran. */
public final class EmbeddedKafkaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EmbeddedKafkaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
