package io.tollgate.sandbox.demo.workload;

/** Amounts as people choose them: 1, 2 or 5 of a unit, a cent at least. */
final class RoundAmount {

  static final long CENT = 10_000_000L;

  private static final long[] STEPS = {5, 2};

  private RoundAmount() {}

  /** The largest such amount that is not above this one. */
  static long atMost(long nanos) {
    long power = CENT;
    while (power <= nanos / 10) {
      power *= 10;
    }
    for (long step : STEPS) {
      if (nanos / step >= power) {
        return step * power;
      }
    }
    return power;
  }
}
