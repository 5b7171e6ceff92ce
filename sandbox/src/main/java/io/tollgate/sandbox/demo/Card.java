package io.tollgate.sandbox.demo;

import io.tollgate.sandbox.demo.workload.AccountPlan;
import io.tollgate.sandbox.demo.workload.Funding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a customer's card answers: it pays, is declined in one of the ways there are, or nothing. */
enum Card {
  PAYS(null),
  /** Declined for good. */
  STOLEN("stolen_card"),
  /** Declined until the customer does something. */
  EXPIRED("expired_card"),
  /** Held by its bank, which the customer should call. */
  HELD("do_not_honor"),
  /** Declined for now. */
  EMPTY("insufficient_funds"),
  /** Declined with a code that no table knows. */
  UNHEARD_OF("velvet_rope"),
  /** Nothing is charged, and nothing said. */
  SILENT(null);

  /** In turn over the accounts that are recharged; the busiest one's pays. */
  private static final List<Card> DEALT =
      List.of(PAYS, PAYS, STOLEN, EXPIRED, PAYS, HELD, EMPTY, PAYS, UNHEARD_OF, PAYS, PAYS, PAYS);

  private final @Nullable String declineCode;

  Card(@Nullable String declineCode) {
    this.declineCode = declineCode;
  }

  /** Null if it is not declined. */
  @Nullable String declineCode() {
    return declineCode;
  }

  /** The cards of accounts, by account. */
  static Map<String, Card> deal(List<AccountPlan> accounts) {
    Map<String, Card> cards = new HashMap<>();
    int dealt = 0;
    for (AccountPlan account : accounts) {
      if (account.funding() == Funding.UNANSWERED_RECHARGE) {
        cards.put(account.accountId(), SILENT);
      } else if (account.funding() == Funding.AUTO_RECHARGE) {
        cards.put(account.accountId(), DEALT.get(dealt++ % DEALT.size()));
      }
    }
    return cards;
  }
}
