package io.tollgate.cli;

import java.util.regex.Pattern;

/** How messages on standard error look. */
public final class Messages {

  public static final String PREFIX = "tollgate: ";

  private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");

  private Messages() {}

  /** The message without line breaks, whatever a library put into it. */
  public static String oneLine(String message) {
    return LINE_BREAKS.matcher(message.strip()).replaceAll(" ");
  }

  /** The message of a failure that nobody foresaw. */
  static String unexpected(Throwable failure) {
    String message = failure.getMessage();
    return PREFIX
        + "unexpected failure: "
        + failure.getClass().getSimpleName()
        + (message == null ? "" : ": " + oneLine(message))
        + "; --stacktrace shows where";
  }
}
