package io.tollgate.schemas.serde;

/** Bytes without the header of Avro's single-object encoding. */
public final class NotSingleObjectException extends EventDecodingException {

  private static final long serialVersionUID = 1L;

  NotSingleObjectException(String message) {
    super(message);
  }
}
