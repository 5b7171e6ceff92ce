package io.tollgate.schemas.serde;

/** A record that ends before its schema says it does. */
public final class TruncatedEventException extends EventDecodingException {

  private static final long serialVersionUID = 1L;

  TruncatedEventException(String message) {
    super(message);
  }
}
