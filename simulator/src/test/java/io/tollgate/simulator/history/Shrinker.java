package io.tollgate.simulator.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Makes a failing history small: first fewer lines (delta debugging), then simpler fields. */
public final class Shrinker {
  private final Predicate<List<ObjectNode>> stillFails;
  private int runsLeft;

  /**
   * @param stillFails whether a history still shows the failure
   * @param maxRuns how often that may be asked
   */
  public Shrinker(Predicate<List<ObjectNode>> stillFails, int maxRuns) {
    this.stillFails = stillFails;
    this.runsLeft = maxRuns;
  }

  public List<ObjectNode> shrink(List<ObjectNode> history) {
    return withSimplerFields(withFewerLines(history));
  }

  private boolean fails(List<ObjectNode> history) {
    if (runsLeft <= 0) {
      return false;
    }
    runsLeft--;
    return stillFails.test(history);
  }

  private List<ObjectNode> withFewerLines(List<ObjectNode> history) {
    List<ObjectNode> current = history;
    int parts = 2;
    while (current.size() >= 2) {
      List<ObjectNode> smaller = withoutOnePart(current, parts);
      if (smaller.size() < current.size()) {
        current = smaller;
        parts = Math.max(parts - 1, 2);
      } else if (parts >= current.size()) {
        break;
      } else {
        parts = Math.min(parts * 2, current.size());
      }
    }
    return current;
  }

  private List<ObjectNode> withoutOnePart(List<ObjectNode> history, int parts) {
    for (int part = parts - 1; part >= 0; part--) { // the end is most often of no use
      int from = (int) ((long) history.size() * part / parts);
      int to = (int) ((long) history.size() * (part + 1) / parts);
      List<ObjectNode> rest = new ArrayList<>(history.subList(0, from));
      rest.addAll(history.subList(to, history.size()));
      if (to > from && fails(rest)) {
        return rest;
      }
    }
    return history;
  }

  private List<ObjectNode> withSimplerFields(List<ObjectNode> history) {
    List<ObjectNode> current = new ArrayList<>(history);
    for (int i = 0; i < current.size(); i++) {
      if (!(current.get(i).get("value") instanceof ObjectNode value)) {
        continue;
      }
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(value.properties());
      for (Map.Entry<String, JsonNode> field : fields) {
        for (JsonNode simpler : simplerThan(field.getValue())) {
          ObjectNode line = current.get(i).deepCopy();
          line.withObjectProperty("value").set(field.getKey(), simpler);
          List<ObjectNode> candidate = new ArrayList<>(current);
          candidate.set(i, line);
          if (fails(candidate)) {
            current = candidate;
            break;
          }
        }
      }
    }
    return current;
  }

  private static List<JsonNode> simplerThan(JsonNode value) {
    ObjectNode maker = Lines.object();
    List<JsonNode> simpler = new ArrayList<>();
    if (value.isIntegralNumber()) {
      for (long number : List.of(0L, 1L, 1_000_000_000L, 5_000_000_000L)) {
        if (Math.abs(number) < Math.abs(value.asLong())) {
          simpler.add(maker.numberNode(number));
        }
      }
    } else if (value.isArray() && !value.isEmpty()) {
      simpler.add(maker.arrayNode());
    } else if (value.isObject() && !value.isEmpty()) {
      simpler.add(maker.objectNode());
    }
    return simpler;
  }
}
