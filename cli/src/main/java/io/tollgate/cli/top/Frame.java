package io.tollgate.cli.top;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.cli.Colours;
import io.tollgate.cli.Money;
import io.tollgate.cli.TextTable;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What is shown at one moment.
 *
 * @param watched since when everything is counted
 * @param callsPerSecond since the frame before
 */
record Frame(
    Activity activity, List<Activity.OfAccount> rows, Duration watched, long callsPerSecond) {

  private static final int NANO_DIGITS = 9;

  void print(PrintWriter out, Colours colours) {
    out.println(
        colours.bold(
            String.format(
                Locale.ROOT,
                "%,d calls a second; in %d s: %,d calls, %,d blocked, %,d rejected, %,d alerts, %,d accounts",
                callsPerSecond,
                watched.toSeconds(),
                activity.calls(),
                activity.blocked(),
                activity.rejected(),
                activity.alerts(),
                activity.accounts())));
    TextTable table =
        TextTable.headed("ACCOUNT", "CALLS", "CHARGED", "BALANCE", "BLOCKED", "LAST ALERT");
    for (Activity.OfAccount row : rows) {
      Long balance = row.balanceNanos();
      String alert = row.lastAlert();
      table.row(
          row.accountId(),
          Long.toString(row.calls()),
          charged(row),
          balance == null ? "" : Money.digits(balance),
          Long.toString(row.blocked()),
          alert == null ? "" : alert);
    }
    table.print(out);
    out.flush();
  }

  ObjectNode toJson() {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    frame
        .put("seconds", watched.toSeconds())
        .put("callsPerSecond", callsPerSecond)
        .put("calls", activity.calls())
        .put("blocked", activity.blocked())
        .put("rejected", activity.rejected())
        .put("alerts", activity.alerts())
        .put("accountCount", activity.accounts());
    ArrayNode accounts = frame.putArray("accounts");
    for (Activity.OfAccount row : rows) {
      accounts
          .addObject()
          .put("accountId", row.accountId())
          .put("calls", row.calls())
          .put("chargedNanos", row.chargedNanos())
          .put("balanceNanos", row.balanceNanos())
          .put("blocked", row.blocked())
          .put("lastAlert", row.lastAlert());
    }
    return frame;
  }

  private static String charged(Activity.OfAccount row) {
    return Money.digits(new BigDecimal(row.chargedNanos(), NANO_DIGITS));
  }
}
