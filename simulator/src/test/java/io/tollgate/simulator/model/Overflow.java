package io.tollgate.simulator.model;

import java.math.BigInteger;

/**
 * The check that every sum of an account fits into 64 bits, also once waiting grants have taken
 * effect (§1).
 */
final class Overflow {
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private Overflow() {}

  /** Refuses credit beyond what fits. */
  static void check(Account account) {
    if (!leavesRoomFor(account, 0)) {
      throw new Rejection("OVERFLOW", "all credit ever does not fit into 64 bits");
    }
  }

  /**
   * Whether more credit fits. All credit of a lifetime counts, because expiry and the other ways
   * out are sums of their own, and a deadline that overflows could not be refused any more.
   */
  static boolean leavesRoomFor(Account account, long more) {
    BigInteger credit =
        BigInteger.valueOf(Lifetime.of(account, "purchased"))
            .add(BigInteger.valueOf(Lifetime.of(account, "granted")))
            .add(BigInteger.valueOf(more));
    for (Lot lot : account.lots) {
      if (!lot.started && !lot.cancelled) {
        credit = credit.add(BigInteger.valueOf(lot.granted));
      }
    }
    return credit.compareTo(MOST) <= 0;
  }
}
