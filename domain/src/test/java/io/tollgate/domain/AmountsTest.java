package io.tollgate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.00 USD",
    "1000000000, 1.00 USD",
    "4250000000, 4.25 USD",
    "4200000000, 4.20 USD",
    "3, 0.000000003 USD",
    "-1, -0.000000001 USD",
    "-1500000000, -1.50 USD",
    "12345678901, 12.345678901 USD",
    "9223372036854775807, 9223372036.854775807 USD",
    "-9223372036854775808, -9223372036.854775808 USD"
  })
  void shouldBeExactWithAtLeastTwoDecimals(long nanos, String text) {
    assertThat(Amounts.text(nanos, "USD")).isEqualTo(text);
  }
}
