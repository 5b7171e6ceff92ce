package io.tollgate.domain.account;

import io.tollgate.domain.effect.Effect.AccountStatus;
import io.tollgate.domain.effect.Effect.CreditState;

/** What the world was last told of an account's balance and access. */
final class Publication {

  static final long NOT_YET = Long.MIN_VALUE;

  /** What an account may do, as far as others see it. */
  record Access(
      AccountStatus status, boolean verified, CreditState creditState, boolean spendLimitReached) {

    /** What holds of an account that nobody has told of. */
    static final Access DEFAULT =
        new Access(AccountStatus.ACTIVE, false, CreditState.EXHAUSTED, false);
  }

  Access access = Access.DEFAULT;

  long balanceAt = NOT_YET;
  long balanceVersion;

  /** Of the last balance published, all fields but asOf. */
  long balanceDigest;

  /** Usage has changed the balance since, and its publication waits. */
  boolean balancePending;

  Publication copy() {
    Publication copy = new Publication();
    copy.access = access;
    copy.balanceAt = balanceAt;
    copy.balanceVersion = balanceVersion;
    copy.balanceDigest = balanceDigest;
    copy.balancePending = balancePending;
    return copy;
  }
}
