package io.tollgate.streams.admin;

/**
 * Something that a check found.
 *
 * @param message what is wrong and what to do
 */
public record Finding(Severity severity, String message) {

  /** How bad it is. */
  public enum Severity {
    /** Works, but not as promised. */
    WARNING,
    /** Must not start like this. */
    ERROR
  }

  static Finding error(String message) {
    return new Finding(Severity.ERROR, message);
  }

  static Finding warning(String message) {
    return new Finding(Severity.WARNING, message);
  }
}
