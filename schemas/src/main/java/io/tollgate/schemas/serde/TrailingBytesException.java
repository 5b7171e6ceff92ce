package io.tollgate.schemas.serde;

/** A record with bytes behind its end. */
public final class TrailingBytesException extends EventDecodingException {

  private static final long serialVersionUID = 1L;

  TrailingBytesException(String type, int trailing) {
    super(trailing + " bytes follow the end of the " + type);
  }
}
