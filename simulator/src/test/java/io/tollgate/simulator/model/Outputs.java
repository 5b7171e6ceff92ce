package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The output lines of one input line, topic by topic in the order of §2. */
final class Outputs {
  private static final List<String> TOPICS =
      List.of(
          "ledger-entries",
          "account-balances",
          "account-access",
          "balance-alerts",
          "recharge-requests",
          "authorization-decisions",
          "blocked-usage",
          "credit-notices",
          "rejected-events");

  private final List<ObjectNode> lines = new ArrayList<>();

  static ObjectNode line(
      String topic, long time, String type, @Nullable String key, @Nullable ObjectNode value) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("topic", topic);
    line.put("timestamp", Times.iso(time));
    line.put("type", type);
    line.put("key", key);
    line.set("value", value);
    return line;
  }

  void add(ObjectNode line) {
    lines.add(line);
  }

  void addAll(List<ObjectNode> more) {
    lines.addAll(more);
  }

  List<ObjectNode> inOrder() {
    List<ObjectNode> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparingInt(line -> TOPICS.indexOf(line.path("topic").asText())));
    return sorted;
  }
}
