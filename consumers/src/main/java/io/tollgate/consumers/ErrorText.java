package io.tollgate.consumers;

import java.util.regex.Pattern;

/**
 * What is told about a failure outside the process that saw it: a bounded text in which everything
 * that looks like a secret is masked. Messages are written by others, so this is a net, not a
 * proof.
 */
final class ErrorText {

  private static final int MAX_LENGTH = 500;
  private static final String MASK = "***";

  private static final Pattern USER_INFO = Pattern.compile("://[^/\\s@]*@");
  private static final Pattern CREDENTIALS = Pattern.compile("(?i)\\b(bearer|basic)\\s+\\S+");
  private static final Pattern NAMED_SECRET =
      Pattern.compile(
          "(?i)([\\w.-]*(?:password|passphrase|passwd|secret|token|credential|api[_-]?key"
              + "|authorization|jaas)[\\w.-]*[\"']?\\s*[:=]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;}]+)");
  private static final Pattern PROVIDER_KEY = Pattern.compile("\\b(?:[srp]k|whsec)[_-]\\w{4,}");
  // Card and phone numbers have 8 to 19 digits, in groups or not.
  private static final Pattern LONG_NUMBER = Pattern.compile("\\+?\\d(?:[ -]?\\d){7,18}");

  private ErrorText() {}

  /** The failure's message; empty if it has none. */
  static String of(Throwable failure) {
    String message = failure.getMessage();
    if (message == null) {
      return "";
    }
    String text = message.substring(0, Math.min(message.length(), 4 * MAX_LENGTH));
    text = USER_INFO.matcher(text).replaceAll("://" + MASK + "@");
    text = CREDENTIALS.matcher(text).replaceAll("$1 " + MASK);
    text = NAMED_SECRET.matcher(text).replaceAll("$1" + MASK);
    text = PROVIDER_KEY.matcher(text).replaceAll(MASK);
    text = LONG_NUMBER.matcher(text).replaceAll(MASK);
    return text.substring(0, Math.min(text.length(), MAX_LENGTH));
  }

  /** The failure's class and message. */
  static String withClass(Throwable failure) {
    return failure.getClass().getName() + ": " + of(failure);
  }
}
