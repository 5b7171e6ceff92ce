package io.tollgate.cli.produce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.cli.Console;
import java.util.Locale;

/** What became of the lines, for people and for programs. */
final class ProduceReport {

  private ProduceReport() {}

  /**
   * Every number, and the first failures.
   *
   * @param goOnAt the line to go on at; -1 if nothing is left to send
   */
  static ObjectNode toJson(Deliveries.Report report, long goOnAt) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("records", report.records());
    json.put("timeLines", report.timeLines());
    json.put("sent", report.sent());
    json.put("acknowledged", report.acknowledged());
    json.put("undelivered", report.undelivered());
    json.put("refused", report.refused());
    ArrayNode failures = json.putArray("firstFailures");
    for (Deliveries.Failure failure : report.firstFailures()) {
      failures.addObject().put("line", failure.line()).put("reason", failure.reason());
    }
    if (goOnAt < 0) {
      json.putNull("goOnAtLine");
    } else {
      json.put("goOnAtLine", goOnAt);
    }
    return json;
  }

  /** The sums on standard output, the first failures on standard error. */
  static void print(Deliveries.Report report, Console console) {
    for (Deliveries.Failure failure : report.firstFailures()) {
      console.err().println("line %d: %s".formatted(failure.line(), failure.reason()));
    }
    long failed = report.refused() + report.undelivered();
    if (failed > report.firstFailures().size()) {
      console
          .err()
          .println(
              String.format(
                  Locale.ROOT, "and %,d lines more", failed - report.firstFailures().size()));
    }
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%,d sent, %,d acknowledged, %,d failed",
                report.sent(),
                report.acknowledged(),
                failed));
    if (report.timeLines() > 0) {
      console
          .out()
          .println(
              String.format(Locale.ROOT, "%,d lines of advanceTo passed over", report.timeLines()));
    }
  }
}
