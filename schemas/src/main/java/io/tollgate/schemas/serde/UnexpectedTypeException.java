package io.tollgate.schemas.serde;

/** A record of a type that does not belong where it was found. */
public final class UnexpectedTypeException extends EventDecodingException {

  private static final long serialVersionUID = 1L;

  UnexpectedTypeException(String type, java.util.Collection<String> expected) {
    super("Found a " + type + ", expected " + String.join(" or ", expected));
  }
}
