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
 * @param rechargesRequested recharges, however often they were asked for
 * @param rechargesPaid those whose payment was credited
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
    long rechargesRequested,
    long rechargesPaid,
    long rejectedOthers,
    Map<AlertType, Long> alerts,
    List<AccountTotals> topAccounts,
    LedgerCheck.Result ledgerCheck) {

  long rechargesOpen() {
    return rechargesRequested - rechargesPaid;
  }
}
