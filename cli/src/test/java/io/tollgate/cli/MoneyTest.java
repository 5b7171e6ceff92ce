package io.tollgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.00 USD",
    "1, 0.000000001 USD",
    "-1, -0.000000001 USD",
    "10000000000, 10.00 USD",
    "9999025000, 9.999025 USD",
    "1200000000, 1.20 USD",
    "9223372036854775807, 9223372036.854775807 USD",
    "-9223372036854775808, -9223372036.854775808 USD"
  })
  void shouldShowNanosExactly(long nanos, String shown) {
    assertThat(Money.format(nanos, "USD")).isEqualTo(shown);
    assertThat(Money.parse(shown.replace(" USD", ""))).isEqualTo(nanos);
  }
}
