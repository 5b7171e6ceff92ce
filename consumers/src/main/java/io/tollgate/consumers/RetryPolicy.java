package io.tollgate.consumers;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often, and after which delays, an event is handed over again when its handler failed.
 *
 * <p>Delays double from the first to the longest one, and each is shortened by up to a half at
 * random, so that consumers that failed together do not come back together.
 *
 * @param attempts how often the handler is called before the event becomes a dead letter; at least
 *     1
 * @param firstDelay delay after the first failure; at least a millisecond
 * @param maxDelay the longest delay; at least the first one
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration maxDelay) {

  /** Checks that the numbers make sense. */
  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("An event needs at least one attempt, not " + attempts);
    }
    if (firstDelay.toMillis() < 1) {
      throw new IllegalArgumentException("The first delay must be at least 1 ms: " + firstDelay);
    }
    if (maxDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "The longest delay, %s, is less than the first, %s".formatted(maxDelay, firstDelay));
    }
  }

  /** Ten attempts, 0.2 s to 30 s apart: long enough for most things to be restarted. */
  public static RetryPolicy standard() {
    return new RetryPolicy(10, Duration.ofMillis(200), Duration.ofSeconds(30));
  }

  /** The same delays with another number of attempts. */
  public RetryPolicy withAttempts(int number) {
    return new RetryPolicy(number, firstDelay, maxDelay);
  }

  /**
   * How long all delays of one event take together at most, and so how long an event that becomes a
   * dead letter holds back those behind it, besides the time that its handler takes.
   */
  public Duration longestHold() {
    Duration sum = Duration.ZERO;
    for (int failures = 1; failures < attempts; failures++) {
      long delay = fullDelayMillis(failures);
      if (delay == maxDelay.toMillis()) {
        return sum.plus(Duration.ofMillis(delay).multipliedBy(attempts - failures));
      }
      sum = sum.plusMillis(delay);
    }
    return sum;
  }

  /** The delay after so many failures of the same event, in milliseconds. */
  long delayMillis(int failures, RandomGenerator random) {
    long full = fullDelayMillis(failures);
    return full - random.nextLong(full / 2 + 1);
  }

  private long fullDelayMillis(int failures) {
    long max = maxDelay.toMillis();
    long delay = firstDelay.toMillis();
    for (int i = 1; i < failures && delay < max; i++) {
      delay = delay > max / 2 ? max : delay * 2;
    }
    return delay;
  }
}
