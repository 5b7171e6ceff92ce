package io.tollgate.domain.codec;

/** State that this release cannot read: damaged, or written by a release that is too new. */
public final class CorruptStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CorruptStateException(String message) {
    super(message);
  }
}
