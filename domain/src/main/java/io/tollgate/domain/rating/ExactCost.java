package io.tollgate.domain.rating;

/**
 * An exact cost in millionths of a nano-unit: a non-negative 127-bit integer.
 *
 * @param high the upper 64 bits, never negative
 * @param low the lower 64 bits, unsigned
 */
public record ExactCost(long high, long low) {

  public static final ExactCost ZERO = new ExactCost(0, 0);

  /** Millionths of a nano in a nano. */
  public static final int MILLIONTHS = 1_000_000;

  private static final long LOW_HALF = 0xFFFF_FFFFL;

  /**
   * A debit in whole nanos and the fraction that stays behind.
   *
   * @param nanos whole nano-units
   * @param carry millionths of a nano, 0 … 999,999
   */
  public record Charge(long nanos, int carry) {}

  /**
   * This and quantity × price.
   *
   * @throws ArithmeticException if the sum exceeds 127 bits
   */
  public ExactCost plus(long quantity, long nanosPerMillion) {
    long productLow = quantity * nanosPerMillion;
    return plus128(Math.multiplyHigh(quantity, nanosPerMillion), productLow);
  }

  private ExactCost plus128(long addHigh, long addLow) {
    long sumLow = low + addLow;
    long carryBit = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
    return new ExactCost(Math.addExact(Math.addExact(high, addHigh), carryBit), sumLow);
  }

  /**
   * What is debited when a fraction from before is owed too: the floor of the sum, and the new
   * fraction.
   *
   * @param carry millionths of a nano, 0 … 999,999
   * @throws ArithmeticException if the debit exceeds a long
   */
  public Charge charge(int carry) {
    ExactCost total = plus128(0, carry);
    long q3 = total.high >>> 32;
    long r = q3 % MILLIONTHS;
    q3 /= MILLIONTHS;
    long q2 = (r << 32) | (total.high & LOW_HALF);
    r = q2 % MILLIONTHS;
    q2 /= MILLIONTHS;
    long q1 = (r << 32) | (total.low >>> 32);
    r = q1 % MILLIONTHS;
    q1 /= MILLIONTHS;
    long q0 = (r << 32) | (total.low & LOW_HALF);
    r = q0 % MILLIONTHS;
    q0 /= MILLIONTHS;
    long nanos = (q1 << 32) | q0;
    if (q3 != 0 || q2 != 0 || nanos < 0) {
      throw new ArithmeticException("cost exceeds 2^63 - 1 nano-units");
    }
    return new Charge(nanos, (int) r);
  }

  /**
   * The cost in whole nanos, rounded up: what a hold needs.
   *
   * @throws ArithmeticException if it exceeds a long
   */
  public long roundedUp() {
    return charge(MILLIONTHS - 1).nanos();
  }
}
