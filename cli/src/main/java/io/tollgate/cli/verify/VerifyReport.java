package io.tollgate.cli.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.cli.Money;
import io.tollgate.cli.TextTable;
import java.io.PrintWriter;
import java.util.Locale;

/** The outcome of a {@link LedgerCheck}, for people and for programs. */
public final class VerifyReport {

  private final LedgerCheck.Result result;

  public VerifyReport(LedgerCheck.Result result) {
    this.result = result;
  }

  /** Every number, and the first findings. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("holds", result.holds());
    json.put("accounts", result.accounts());
    json.put("entries", result.entries());
    json.put("compared", result.compared());
    json.put("lagging", result.lagging());
    ObjectNode totals = json.putObject("totals");
    result
        .totals()
        .forEach(
            (currency, sums) ->
                totals
                    .putObject(currency)
                    .put("ledgerNanos", sums.ledgerNanos())
                    .put("balanceNanos", sums.balanceNanos()));
    json.put("findingCount", result.findingCount());
    ArrayNode findings = json.putArray("findings");
    result.findings().forEach(findings::add);
    return json;
  }

  /** A table, and what does not hold. */
  public void print(PrintWriter out) {
    TextTable table =
        new TextTable()
            .row("accounts", number(result.accounts()))
            .row("ledger entries", number(result.entries()))
            .row("balances compared", number(result.compared()))
            .row("balances that lag", number(result.lagging()));
    result
        .totals()
        .forEach(
            (currency, sums) ->
                table
                    .row("sum of the ledger", Money.format(sums.ledgerNanos(), currency))
                    .row("sum of the balances", Money.format(sums.balanceNanos(), currency)));
    table.print(out);
    result.findings().forEach(out::println);
    if (result.holds()) {
      out.println("The books hold.");
    }
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
