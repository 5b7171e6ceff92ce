package io.tollgate.simulator.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.simulator.model.Options;
import io.tollgate.simulator.model.ReferenceModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A seeded random history: input lines in time order, biased to collisions. It looks at what the
 * model answers to meet exact deadlines, exact balances and recharges that exist.
 */
public final class HistoryGenerator {
  private static final List<String> STARTS =
      List.of(
          "2026-01-31T23:59:00.000Z",
          "2028-02-28T23:59:50.000Z",
          "2027-02-28T12:00:00.000Z",
          "2025-12-31T23:00:00.000Z",
          "2026-06-15T10:59:59.999Z");

  private final int operations;
  private final Dice dice;
  private final Horizon horizon;
  private final ReferenceModel model;
  private final Operations recordsOf;
  private final Map<String, Long> posted = new LinkedHashMap<>();
  private final List<ObjectNode> lines = new ArrayList<>();
  private long now;

  public HistoryGenerator(long seed, int operations, Set<Feature> features, Options options) {
    this.operations = operations;
    this.dice = new Dice(seed);
    this.horizon = new Horizon(dice);
    this.model = new ReferenceModel(options);
    this.now = Lines.millis(dice.oneOf(STARTS));
    this.recordsOf = new Operations(dice, horizon, features, posted);
  }

  /** The lines of the history; call it once. */
  public List<ObjectNode> generate() {
    for (ObjectNode line : recordsOf.opening(now)) {
      add(line);
    }
    while (lines.size() < operations) {
      moveTime();
      if (dice.percent(4)) {
        ObjectNode advance = Lines.object();
        advance.put("advanceTo", Lines.iso(now));
        add(advance);
      } else if (dice.percent(9) && !lines.isEmpty()) {
        addAgain();
      } else {
        add(recordsOf.next(now));
      }
    }
    return lines;
  }

  private void moveTime() {
    int choice = dice.below(100);
    if (choice < 25) {
      return;
    } else if (choice < 55) {
      now += dice.between(1, 4_000);
    } else if (choice < 62) {
      now += dice.oneOf(9_999L, 10_000L, 10_001L);
    } else if (choice < 82) {
      now = horizon.near(now);
    } else if (choice < 93) {
      now += dice.between(1, 40 * 60_000L);
    } else if (choice < 99) {
      now += dice.between(1, 30 * 3_600_000L);
    } else {
      now += dice.between(1, 40 * 24 * 3_600_000L);
    }
  }

  /** Sends an earlier record once more: as it was, at another own time, or with other content. */
  private void addAgain() {
    ObjectNode again = dice.oneOf(lines).deepCopy();
    if (!again.has("timestamp")) {
      return;
    }
    again.put("timestamp", Lines.iso(now));
    if (again.get("value") instanceof ObjectNode value) {
      int choice = dice.below(3);
      if (choice == 0 && value.has("occurredAt")) {
        value.put("occurredAt", Lines.iso(now));
      } else if (choice == 1) {
        recordsOf.changeContent(value);
      }
    }
    add(again);
  }

  private void add(ObjectNode line) {
    ObjectNode sent = Lines.parse(line.toString());
    lines.add(sent);
    for (ObjectNode output : model.apply(sent)) {
      horizon.learn(output);
      JsonNode value = output.path("value");
      String type = output.path("type").asText();
      if (type.equals("LedgerEntry")) {
        posted.put(value.path("accountId").asText(), value.path("balanceAfterNanos").asLong());
      } else if (type.equals("RechargeRequested")) {
        recordsOf.learnRecharge(value);
      } else if (type.equals("AuthorizationDecided")) {
        recordsOf.learnAuthorization(value);
      }
    }
  }
}
