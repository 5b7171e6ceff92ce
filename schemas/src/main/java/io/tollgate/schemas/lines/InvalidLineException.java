package io.tollgate.schemas.lines;

/** A line of input that means nothing: says what is wrong with it. */
public final class InvalidLineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidLineException(String message) {
    super(message);
  }
}
