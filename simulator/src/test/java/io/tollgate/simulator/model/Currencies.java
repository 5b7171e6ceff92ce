package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;

/** The one currency of an account (§1). */
final class Currencies {
  private Currencies() {}

  static void demand(Account account, JsonNode event) {
    if (!Fields.text(event, "currency").equals(account.currency)) {
      throw new Rejection("CURRENCY_MISMATCH", "the account is kept in " + account.currency);
    }
  }

  /** Sets the currency; an account that has moved money, or has a grant waiting, keeps its own. */
  static void open(Account account, String currency) {
    boolean moved =
        account.carry > 0
            || account.lifetime.values().stream().anyMatch(nanos -> nanos != 0)
            || account.lots.stream().anyMatch(lot -> !lot.started && !lot.cancelled);
    if (moved && !account.currency.equals(currency)) {
      throw new Rejection("CURRENCY_MISMATCH", "the account has moved money");
    }
    account.currency = currency;
  }
}
