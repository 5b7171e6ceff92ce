package io.tollgate.domain.account;

import io.tollgate.domain.effect.Effect.RechargeReason;

/**
 * One recharge, from its decision to its end.
 *
 * @param attempt the one that is out, or comes next; all before it were declined
 * @param month in which it was decided, and counts, as {@link
 *     io.tollgate.domain.UtcCalendar#monthOf} counts them
 * @param reason why its first attempt is sent
 * @param hadUnknownDecline whether a decline of it had no known code
 */
record Recharge(
    long number,
    int attempt,
    long amount,
    int month,
    RechargeReason reason,
    boolean hadUnknownDecline) {

  String id(String accountId) {
    return accountId + ":" + number;
  }

  /** Identity of the attempt; also what the claim of its card is for. */
  String key(String accountId) {
    return id(accountId) + ":" + attempt;
  }

  RechargeReason reasonOfAttempt() {
    return attempt == 1 ? reason : RechargeReason.RETRY_AFTER_DECLINE;
  }

  /** What it is after its attempt was declined. */
  Recharge declined(boolean unknownCode) {
    return new Recharge(
        number, attempt + 1, amount, month, reason, hadUnknownDecline || unknownCode);
  }
}
