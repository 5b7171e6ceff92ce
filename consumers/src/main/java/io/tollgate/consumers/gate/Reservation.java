package io.tollgate.consumers.gate;

import org.jspecify.annotations.Nullable;

/**
 * A decision about a call, and what was taken for it.
 *
 * @param lease what the estimate was taken from; null: nothing, or the allowance
 * @param unleased whose allowance it was taken from; null: nobody's
 * @param nanos the estimate that was taken
 */
record Reservation(
    AccessDecision decision, @Nullable Lease lease, @Nullable AccountLeases unleased, long nanos) {

  static Reservation denied(AccessDecision decision) {
    return new Reservation(decision, null, null, 0);
  }

  static Reservation leased(Lease lease, long nanos) {
    return new Reservation(AccessDecision.ALLOWED, lease, null, nanos);
  }

  static Reservation unleased(AccountLeases account, long nanos) {
    return new Reservation(AccessDecision.ALLOWED, null, account, nanos);
  }

  /** Gives back what was not used; less than nothing if more was. */
  void giveBack(long unused) {
    if (lease != null) {
      lease.giveBack(unused);
    } else if (unleased != null) {
      unleased.giveBackUnleased(unused);
    }
  }

  /**
   * Ends the call.
   *
   * @param reported whether Kafka has its usage
   */
  void end(boolean reported) {
    if (lease != null) {
      lease.endCall(reported);
    }
  }
}
