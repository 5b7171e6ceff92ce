package io.tollgate.domain.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.rating.ExactCost.Charge;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactCostTest {

  private static final BigInteger MILLIONTHS = BigInteger.valueOf(1_000_000);
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MAX_COST = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);

  @Test
  void shouldAgreeWithArbitraryPrecisionOnRandomCosts() {
    Random random = new Random(20260101);
    int exact = 0;
    int tooDear = 0;
    int tooLarge = 0;
    for (int i = 0; i < 20_000; i++) {
      ExactCost cost = ExactCost.ZERO;
      BigInteger expected = BigInteger.ZERO;
      boolean overflows = false;
      boolean dear = random.nextInt(50) == 0;
      for (int line = random.nextInt(6); line >= 0 && !overflows; line--) {
        long quantity = dear ? Long.MAX_VALUE : anyLong(random);
        long price = dear ? Long.MAX_VALUE - line : anyLong(random);
        expected = expected.add(BigInteger.valueOf(quantity).multiply(BigInteger.valueOf(price)));
        overflows = expected.compareTo(MAX_COST) > 0;
        if (overflows) {
          ExactCost before = cost;
          assertThatThrownBy(() -> before.plus(quantity, price))
              .isInstanceOf(ArithmeticException.class);
        } else {
          cost = cost.plus(quantity, price);
          assertThat(value(cost)).isEqualTo(expected);
        }
      }
      if (overflows) {
        tooLarge++;
      } else if (shouldCharge(cost, expected, random.nextInt(1_000_000))) {
        exact++;
      } else {
        tooDear++;
      }
    }
    assertThat(exact).as("seeds that can be charged").isGreaterThan(4000);
    assertThat(tooDear).as("seeds beyond a long of nanos").isGreaterThan(1000);
    assertThat(tooLarge).as("seeds beyond 127 bits").isGreaterThan(50);
  }

  private static boolean shouldCharge(ExactCost cost, BigInteger expected, int carry) {
    BigInteger[] split = expected.add(BigInteger.valueOf(carry)).divideAndRemainder(MILLIONTHS);
    if (split[0].compareTo(MAX_LONG) > 0) {
      assertThatThrownBy(() -> cost.charge(carry)).isInstanceOf(ArithmeticException.class);
      return false;
    }
    assertThat(cost.charge(carry))
        .isEqualTo(new Charge(split[0].longValueExact(), split[1].intValueExact()));
    return true;
  }

  /** Of any size up to 63 bits, and the largest more often than chance would have it. */
  private static long anyLong(Random random) {
    return random.nextInt(12) == 0
        ? Long.MAX_VALUE
        : random.nextLong() >>> (1 + random.nextInt(63));
  }

  private static BigInteger value(ExactCost cost) {
    return BigInteger.valueOf(cost.high())
        .shiftLeft(64)
        .add(new BigInteger(Long.toUnsignedString(cost.low())));
  }

  @Test
  void shouldDebitTheFloorAndKeepTheRest() {
    assertThat(new ExactCost(0, 1_999_999).charge(0)).isEqualTo(new Charge(1, 999_999));
    assertThat(new ExactCost(0, 1_999_999).charge(1)).isEqualTo(new Charge(2, 0));
    assertThat(ExactCost.ZERO.charge(999_999)).isEqualTo(new Charge(0, 999_999));
  }

  @Test
  void shouldRoundUpForAHold() {
    assertThat(ExactCost.ZERO.roundedUp()).isZero();
    assertThat(new ExactCost(0, 1).roundedUp()).isOne();
    assertThat(new ExactCost(0, 1_000_000).roundedUp()).isOne();
    assertThat(new ExactCost(0, 1_000_001).roundedUp()).isEqualTo(2);
  }

  @Test
  void shouldChargeUpToTheLargestLongAndNotANanoMore() {
    ExactCost largest = ExactCost.ZERO.plus(Long.MAX_VALUE, 1_000_000);
    assertThat(largest.charge(999_999)).isEqualTo(new Charge(Long.MAX_VALUE, 999_999));
    ExactCost beyond = largest.plus(1, 1);
    assertThatThrownBy(() -> beyond.charge(999_999)).isInstanceOf(ArithmeticException.class);
  }
}
