package io.tollgate.schemas.serde;

import org.jspecify.annotations.Nullable;

/** A record whose bytes contradict its schema, such as an enum symbol that does not exist. */
public final class MalformedEventException extends EventDecodingException {

  private static final long serialVersionUID = 1L;

  MalformedEventException(String message) {
    super(message);
  }

  MalformedEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
