package io.tollgate.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DollarsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | $0.00",
        "1234560000000 | $1,234.56",
        "-500000000 | -$0.50",
        "4999999 | $0.00",
        "-4999999 | $0.00",
        "5000001 | $0.01",
        "9223372036854775807 | $9,223,372,036.85"
      })
  void shouldRoundToTheCent(long nanos, String dollars) {
    assertThat(Dollars.of(nanos)).isEqualTo(dollars);
  }
}
