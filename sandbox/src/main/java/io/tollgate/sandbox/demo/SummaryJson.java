package io.tollgate.sandbox.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.cli.verify.VerifyReport;
import io.tollgate.events.AlertType;
import java.math.BigDecimal;
import java.util.Map;

/** A summary for programs: every amount exact, in nanos. */
final class SummaryJson {

  private static final int MILLI_DIGITS = 3;

  private SummaryJson() {}

  static ObjectNode of(Summary summary) {
    Books books = summary.books();
    RequestFates requests = books.requests();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("holds", summary.holds());
    json.put("requests", requests.sent());
    json.put("charged", requests.charged());
    putCounts(json.putObject("blocked"), requests.blocked());
    putCounts(json.putObject("rejected"), requests.rejected());
    json.put("duplicates", requests.duplicates());
    json.put("unaccounted", requests.unaccounted());
    json.put("rejectedOthers", books.rejectedOthers());
    json.put("exactlyOnce", summary.requestsHold());
    json.put("accounts", summary.accounts());
    json.put("chargedNanos", books.chargedNanos());
    json.put("purchasedNanos", books.purchasedNanos());
    json.put("grantedNanos", books.grantedNanos());
    json.put("rechargedNanos", books.rechargedNanos());
    json.put("debtNanos", books.debtNanos());
    json.put("writtenOffNanos", books.writtenOffNanos());
    putRecharges(json.putObject("recharges"), books);
    json.putObject("cards")
        .put("charges", summary.cards().count())
        .put("chargedNanos", summary.cards().nanos())
        .put("chargedOnce", summary.chargesHold());
    putCounts(json.putObject("alerts"), books.alerts());
    ArrayNode top = json.putArray("topAccounts");
    for (AccountTotals account : books.topAccounts()) {
      top.addObject()
          .put("accountId", account.accountId())
          .put("charged", account.charges())
          .put("chargedNanos", account.chargedNanos())
          .put("postedNanos", account.postedNanos());
    }
    json.set("ledgerCheck", new VerifyReport(books.ledgerCheck()).toJson());
    json.put("seed", summary.seed());
    json.put("seconds", BigDecimal.valueOf(summary.elapsed().toMillis(), MILLI_DIGITS));
    json.put("requestsPerSecond", summary.requestsPerSecond());
    return json;
  }

  private static void putRecharges(ObjectNode json, Books books) {
    RechargeOutcomes recharges = books.recharges();
    json.put("requested", recharges.requested());
    json.put("succeeded", recharges.succeeded());
    ObjectNode declined = json.putObject("declined");
    recharges.declinesByClass().forEach(declined::put);
    json.put("disabled", books.alerts(AlertType.RECHARGE_DISABLED));
    json.put("waitingForCustomer", books.alerts(AlertType.CUSTOMER_ACTION_REQUIRED));
    json.put("delayed", books.alerts(AlertType.RECHARGE_DELAYED));
    json.put("stalled", books.alerts(AlertType.RECHARGE_STALLED));
    json.put("limitReached", books.alerts(AlertType.RECHARGE_LIMIT_REACHED));
    json.put("sentAgain", recharges.sentAgain());
    json.put("unanswered", recharges.unanswered());
  }

  private static void putCounts(ObjectNode json, Map<? extends Enum<?>, Long> counts) {
    counts.forEach((reason, count) -> json.put(reason.name(), count));
  }
}
