package io.tollgate.consumers.gate;

import io.tollgate.domain.account.Block;
import io.tollgate.events.BlockReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of accounts and models, and the rules that need nothing else. One thread writes,
 * any read; reading allocates nothing.
 */
final class Access {

  private static final AccessDecision SUSPENDED =
      AccessDecision.denied(BlockReason.ACCOUNT_SUSPENDED, Block.suspended().remedy());

  private static final AccessDecision SPEND_LIMIT =
      AccessDecision.denied(
          BlockReason.SPEND_LIMIT_REACHED,
          "The account's spend limit of this month is reached. Raise it, or wait for next month.");

  private final AccountTable accounts = new AccountTable();
  private volatile ModelTable models = new ModelRecords().table();

  AccountTable accounts() {
    return accounts;
  }

  ModelTable models() {
    return models;
  }

  void replaceModels(ModelTable table) {
    models = table;
  }

  /**
   * Why a call may not go ahead whatever credit there is; null if nothing stands in its way. In the
   * order of the pipeline: suspended, gate, priced, spend limit.
   */
  @Nullable AccessDecision refusal(
      AccountState account, String model, List<String> capabilities, long now) {
    if (account.suspended()) {
      return SUSPENDED;
    }
    ModelTable table = models;
    if (!account.verified()) {
      AccessDecision requirement = table.requirement(model, capabilities, now);
      if (requirement != null) {
        return requirement;
      }
    }
    AccessDecision unpriced = table.unpriced(model);
    if (unpriced != null) {
      return unpriced;
    }
    return account.spendLimitReached() ? SPEND_LIMIT : null;
  }
}
