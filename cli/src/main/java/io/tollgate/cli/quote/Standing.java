package io.tollgate.cli.quote;

import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.account.Block;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AccountStatus;
import io.tollgate.events.CreditState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an account stands, as last published.
 *
 * @param currency of its amounts, which are in nano-units
 */
record Standing(
    String accountId,
    AccountStatus status,
    boolean verified,
    CreditState creditState,
    boolean spendLimitReached,
    String currency,
    long postedNanos,
    long availableNanos,
    long debtNanos) {

  /** One without records is active, unverified and without credit. */
  static Standing of(
      String accountId, @Nullable AccountAccess access, @Nullable AccountBalance balance) {
    return new Standing(
        accountId,
        access == null ? AccountStatus.ACTIVE : access.getStatus(),
        access != null && access.getVerified(),
        access == null ? CreditState.EXHAUSTED : access.getCreditState(),
        access != null && access.getSpendLimitReached(),
        balance == null ? "USD" : balance.getCurrency(),
        balance == null ? 0 : balance.getPostedNanos(),
        balance == null ? 0 : balance.getAvailableNanos(),
        balance == null ? 0 : balance.getDebtNanos());
  }

  /** What stands in the way of every call of the account, in the order of decisions. */
  List<Block> blocks(long at) {
    List<Block> blocks = new ArrayList<>();
    if (status == AccountStatus.SUSPENDED) {
      blocks.add(Block.suspended());
    }
    if (spendLimitReached) {
      blocks.add(Block.limitReached(UtcCalendar.monthOf(at)));
    }
    if (creditState == CreditState.EXHAUSTED) {
      blocks.add(Block.creditUsedUp(postedNanos, currency));
    }
    return blocks;
  }
}
