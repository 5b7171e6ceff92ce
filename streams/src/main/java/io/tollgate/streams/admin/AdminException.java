package io.tollgate.streams.admin;

/** The brokers could not be asked, or refused; the message says in one line what to do. */
public final class AdminException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AdminException(String message) {
    super(message);
  }

  AdminException(String message, Throwable cause) {
    super(message, cause);
  }
}
