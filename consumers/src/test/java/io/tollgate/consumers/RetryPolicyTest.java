package io.tollgate.consumers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(6, Duration.ofMillis(100), Duration.ofMillis(1_000));

  @Test
  void shouldDoubleDelaysUpToTheLongestAndShortenThemByHalfAtMost() {
    SplittableRandom random = new SplittableRandom(1);
    long[] full = {100, 200, 400, 800, 1_000, 1_000};
    for (int failures = 1; failures <= full.length; failures++) {
      long longest = full[failures - 1];
      for (int i = 0; i < 1_000; i++) {
        assertThat(POLICY.delayMillis(failures, random)).isBetween(longest / 2, longest);
      }
    }
  }

  @Test
  void shouldSpreadDelays() {
    SplittableRandom random = new SplittableRandom(1);

    assertThat(
            LongStream.range(0, 1_000).map(i -> POLICY.delayMillis(5, random)).distinct().count())
        .isGreaterThan(300);
  }

  @Test
  void shouldTellHowLongAPartitionWaitsAtMost() {
    assertThat(POLICY.longestHold()).isEqualTo(Duration.ofMillis(100 + 200 + 400 + 800 + 1_000));
    assertThat(RetryPolicy.standard().longestHold()).isEqualTo(Duration.ofSeconds(81));
    assertThat(POLICY.withAttempts(1).longestHold()).isEqualTo(Duration.ZERO);
    assertThat(POLICY.withAttempts(Integer.MAX_VALUE).longestHold())
        .isEqualTo(Duration.ofMillis(1_500 + 1_000L * (Integer.MAX_VALUE - 5)));
  }

  @Test
  void shouldNotOverflowWithAbsurdDelays() {
    RetryPolicy absurd =
        new RetryPolicy(
            Integer.MAX_VALUE,
            Duration.ofMillis(Long.MAX_VALUE / 2 + 1),
            Duration.ofMillis(Long.MAX_VALUE));

    assertThat(absurd.delayMillis(1_000_000, new SplittableRandom(1))).isPositive();
  }

  @Test
  void shouldRefuseNumbersThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> POLICY.withAttempts(0))
        .withMessage("An event needs at least one attempt, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(1, Duration.ofNanos(1), Duration.ofSeconds(1)))
        .withMessage("The first delay must be at least 1 ms: PT0.000000001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .withMessage("The longest delay, PT1S, is less than the first, PT2S");
  }
}
