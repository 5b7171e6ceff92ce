package io.tollgate.testkit;

import static io.tollgate.testkit.Money.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "10, 10000000000",
    "9.99, 9990000000",
    "0.000000001, 1",
    "-0.5, -500000000",
    "9223372036.854775807, 9223372036854775807"
  })
  void shouldBeExact(String amount, long nanos) {
    assertThat(usd(amount)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0000000001", "9223372036.854775808"})
  void shouldRefuseWhatNanosCannotHold(String amount) {
    assertThatThrownBy(() -> usd(amount))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(amount + " is no amount: at most 9 decimals, and nanos that fit a long");
  }

  @Test
  void shouldRefuseWhatIsNoNumber() {
    assertThatThrownBy(() -> usd("$5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"$5\" is no amount; write units such as 5 or 0.25");
  }
}
