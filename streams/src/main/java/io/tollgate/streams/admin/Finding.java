package io.tollgate.streams.admin;

/**
 * Something that a check found.
 *
 * @param kind what it is about
 * @param message what is wrong and what to do
 */
public record Finding(Severity severity, Kind kind, String message) {

  /** How bad it is. */
  public enum Severity {
    /** Works, but not as promised. */
    WARNING,
    /** Must not start like this. */
    ERROR
  }

  /** What a finding is about, gravest last. */
  public enum Kind {
    /** The installation's topics, or the brokers. */
    INSTALLATION,
    /** An input is not the one that was processed: going on would apply records twice. */
    OFFSETS_WENT_BACK,
    /** The state was made for another partition count. */
    PARTITION_COUNT_CHANGED
  }

  static Finding error(String message) {
    return error(Kind.INSTALLATION, message);
  }

  static Finding error(Kind kind, String message) {
    return new Finding(Severity.ERROR, kind, message);
  }

  static Finding warning(String message) {
    return new Finding(Severity.WARNING, Kind.INSTALLATION, message);
  }
}
