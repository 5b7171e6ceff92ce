package io.tollgate.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Bytes that cannot be read as a record; the subclasses say in which way. */
public abstract sealed class EventDecodingException extends SerializationException
    permits MalformedEventException,
        NotSingleObjectException,
        TrailingBytesException,
        TruncatedEventException,
        UnexpectedTypeException,
        UnknownFingerprintException {

  private static final long serialVersionUID = 1L;

  EventDecodingException(String message) {
    super(message);
  }

  EventDecodingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
