package io.tollgate.sandbox.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundAmountTest {

  @ParameterizedTest
  @CsvSource({
    "0, 10000000",
    "19999999, 10000000",
    "20000000, 20000000",
    "49999999, 20000000",
    "99999999, 50000000",
    "100000000, 100000000",
    "7300000000, 5000000000",
    "9223372036854775807, 5000000000000000000"
  })
  void shouldGiveTheLargestRoundAmountBelow(long nanos, long rounded) {
    assertThat(RoundAmount.atMost(nanos)).isEqualTo(rounded);
  }
}
