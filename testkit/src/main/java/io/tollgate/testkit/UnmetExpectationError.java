package io.tollgate.testkit;

import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** A record is not what the test expected; the message ends with the history so far. */
final class UnmetExpectationError extends AssertionFailedError {

  private static final long serialVersionUID = 1L;

  UnmetExpectationError(String difference, History history, @Nullable Throwable cause) {
    super(difference + "\n\n" + history.text(), cause);
  }

  UnmetExpectationError(String difference, History history, String expected, String actual) {
    super(difference + "\n\n" + history.text(), expected, actual);
  }
}
