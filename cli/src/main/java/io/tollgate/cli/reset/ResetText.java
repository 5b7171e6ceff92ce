package io.tollgate.cli.reset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.streams.admin.ResetPlan;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** What a reset deletes, for people and for programs. */
final class ResetText {

  private ResetText() {}

  /**
   * The whole plan.
   *
   * @param carriedOut whether it is about to be done, rather than only told
   */
  static ObjectNode toJson(ResetPlan plan, boolean carriedOut) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("carriedOut", carriedOut);
    add(json.putArray("groups"), plan.groups());
    ObjectNode offsets = json.putObject("offsets");
    new TreeMap<>(plan.offsets()).forEach((group, topics) -> add(offsets.putArray(group), topics));
    add(json.putArray("stateTopics"), plan.stateTopics());
    add(json.putArray("emptiedTopics"), plan.emptiedTopics());
    add(json.putArray("directories"), plan.directories().stream().map(String::valueOf).toList());
    add(json.putArray("warnings"), plan.warnings());
    return json;
  }

  private static void add(ArrayNode array, Collection<String> items) {
    items.forEach(array::add);
  }

  static void print(ResetPlan plan, PrintWriter out) {
    if (plan.isEmpty()) {
      out.println("There is nothing to delete.");
      return;
    }
    list("Consumer groups, with all that they have read:", plan.groups(), out);
    plan.offsets()
        .forEach(
            (group, topics) ->
                list("What group %s has read of:".formatted(group), List.copyOf(topics), out));
    list("Topics of state:", plan.stateTopics(), out);
    list("All records of:", plan.emptiedTopics(), out);
    list("State on this machine:", plan.directories().stream().map(String::valueOf).toList(), out);
    list("Note:", plan.warnings(), out);
  }

  private static void list(String title, List<String> items, PrintWriter out) {
    if (!items.isEmpty()) {
      out.println(title);
      items.forEach(item -> out.println("  " + item));
    }
  }
}
