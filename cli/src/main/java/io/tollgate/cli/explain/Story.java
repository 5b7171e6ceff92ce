package io.tollgate.cli.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.cli.Colours;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.kafka.TopicRecord;
import io.tollgate.events.BalanceAlert;
import io.tollgate.schemas.json.IsoMillis;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/**
 * Why something is as it is, told from committed records.
 *
 * @param headline what happened, in a sentence
 * @param details how it came to that
 * @param moments what happened when, in order, each with the record that says so
 * @param next what happens next, or what to do; empty if nothing
 */
record Story(
    String kind,
    String id,
    String accountId,
    String headline,
    List<String> details,
    List<Moment> moments,
    List<String> next) {

  /** One thing that happened. */
  record Moment(Instant at, String what, TopicRecord evidence) {

    /** An alert went out. */
    static Moment of(Found<BalanceAlert> alert) {
      return new Moment(
          alert.value().getOccurredAt(),
          "alert %s: %s".formatted(alert.value().getType(), alert.value().getDetail()),
          alert.source());
    }
  }

  Story {
    details = List.copyOf(details);
    moments = List.copyOf(moments);
    next = List.copyOf(next);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", kind);
    json.put("id", id);
    json.put("accountId", accountId);
    json.put("headline", headline);
    ArrayNode detailList = json.putArray("details");
    details.forEach(detailList::add);
    ArrayNode momentList = json.putArray("moments");
    for (Moment moment : moments) {
      momentList
          .addObject()
          .put("at", IsoMillis.format(moment.at()))
          .put("what", moment.what())
          .put("coordinates", moment.evidence().coordinates())
          .set("record", moment.evidence().toJson());
    }
    ArrayNode nextList = json.putArray("next");
    next.forEach(nextList::add);
    return json;
  }

  void print(PrintWriter out, Colours colours) {
    out.println(colours.bold(headline));
    details.forEach(detail -> out.println("  " + detail));
    for (Moment moment : moments) {
      out.println(
          "  %s  %s".formatted(colours.faint(IsoMillis.format(moment.at())), moment.what()));
    }
    next.forEach(step -> out.println(colours.yellow("  Next: ") + step));
  }
}
