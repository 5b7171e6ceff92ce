package io.tollgate.sandbox.demo;

import io.tollgate.cli.verify.LedgerCheck;
import io.tollgate.events.AlertType;
import java.util.List;
import java.util.Map;

/**
 * What Kafka holds at the end of a demo.
 *
 * @param purchasedNanos bought by hand
 * @param grantedNanos given
 * @param rechargedNanos bought by recharges
 * @param chargedNanos debited, less what was written off
 * @param debtNanos owed now, by all accounts
 * @param writtenOffNanos forgiven
 * @param recharges what became of them
 * @param rejectedOthers rejected records of other topics than usage
 * @param topAccounts the accounts that were charged most, the first first
 */
record Books(
    RequestFates requests,
    long purchasedNanos,
    long grantedNanos,
    long rechargedNanos,
    long chargedNanos,
    long debtNanos,
    long writtenOffNanos,
    RechargeOutcomes recharges,
    long rejectedOthers,
    Map<AlertType, Long> alerts,
    List<AccountTotals> topAccounts,
    LedgerCheck.Result ledgerCheck) {

  /** How many alerts of a type went out. */
  long alerts(AlertType type) {
    return alerts.getOrDefault(type, 0L);
  }
}
