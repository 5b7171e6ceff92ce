package io.tollgate.producers.adapters;

/** An object that cannot become an event; says which field is wrong, and quotes numbers only. */
public class AdapterException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  AdapterException(String message) {
    super(message);
  }

  AdapterException(String message, Throwable cause) {
    super(message, cause);
  }
}
