package io.tollgate.consumers.gate;

import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountStatus;
import io.tollgate.events.CreditState;

/**
 * What is known of an account's right to use models. There are few such states, so accounts share
 * them: a table of a million accounts holds 16 of these.
 */
record AccountState(
    boolean suspended, boolean verified, boolean exhausted, boolean spendLimitReached) {

  private static final AccountState[] ALL = all();

  /** What an account without a record is: active, unverified, without credit. */
  static final AccountState UNKNOWN = of(false, false, true, false);

  static AccountState of(AccountAccess access) {
    return of(
        access.getStatus() == AccountStatus.SUSPENDED,
        access.getVerified(),
        access.getCreditState() == CreditState.EXHAUSTED,
        access.getSpendLimitReached());
  }

  static AccountState of(
      boolean suspended, boolean verified, boolean exhausted, boolean spendLimitReached) {
    return ALL[index(suspended, verified, exhausted, spendLimitReached)];
  }

  private static AccountState[] all() {
    boolean[] both = {false, true};
    AccountState[] all = new AccountState[16];
    for (boolean suspended : both) {
      for (boolean verified : both) {
        for (boolean exhausted : both) {
          for (boolean spendLimitReached : both) {
            all[index(suspended, verified, exhausted, spendLimitReached)] =
                new AccountState(suspended, verified, exhausted, spendLimitReached);
          }
        }
      }
    }
    return all;
  }

  private static int index(
      boolean suspended, boolean verified, boolean exhausted, boolean spendLimitReached) {
    return (suspended ? 8 : 0)
        + (verified ? 4 : 0)
        + (exhausted ? 2 : 0)
        + (spendLimitReached ? 1 : 0);
  }
}
