package io.tollgate.simulator.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The ways in which a good record can be spoiled: each must come out as a RejectedEvent. */
final class Malformations {
  private static final List<String> IDS =
      List.of("eventId", "grantId", "refundId", "disputeId", "authorizationId", "refundRequestId");

  private static final List<String> TIMES =
      List.of("occurredAt", "openedAt", "verifiedAt", "requestedAt", "releasedAt");

  private final Dice dice;

  Malformations(Dice dice) {
    this.dice = dice;
  }

  /** Spoils a record in one of the ways that fit it; a record that none fits stays as it is. */
  void spoil(ObjectNode line) {
    if (!(line.get("value") instanceof ObjectNode value)) {
      return;
    }
    List<Consumer<ObjectNode>> ways = new ArrayList<>();
    addIdsAndTimes(value, ways);
    addAmounts(value, ways);
    addLists(value, ways);
    addPrices(value, ways);
    if (value.has("accountId")) {
      ways.add(event -> line.put("key", "somebody-else"));
    }
    if (!ways.isEmpty()) {
      dice.oneOf(ways).accept(value);
    }
  }

  private void addIdsAndTimes(ObjectNode value, List<Consumer<ObjectNode>> ways) {
    for (String id : IDS) {
      if (value.path(id).isTextual()) {
        ways.add(event -> event.put(id, ""));
        ways.add(event -> event.put(id, "i".repeat(dice.oneOf(256, 257, 2_000))));
        ways.add(event -> event.put(id, "é".repeat(129)));
      }
    }
    for (String time : TIMES) {
      if (value.has(time)) {
        ways.add(event -> event.put(time, "1969-12-31T23:59:59.999Z"));
        ways.add(event -> event.put(time, "+10000-01-01T00:00:00.000Z"));
      }
    }
    if (value.has("currency")) {
      ways.add(event -> event.put("currency", dice.oneOf("", "usd", "XQZ", "DOLLAR")));
    }
  }

  private void addAmounts(ObjectNode value, List<Consumer<ObjectNode>> ways) {
    if (value.has("amountNanos") && value.has("currency") && !value.has("declineCode")) {
      ways.add(event -> event.put("amountNanos", dice.oneOf(0L, -1L, Long.MIN_VALUE)));
    }
    if (value.has("inputTokens")) {
      ways.add(event -> event.put("inputTokens", -1L));
      ways.add(event -> event.put("outputTokens", Long.MIN_VALUE));
    }
    if (value.has("limitNanos")) {
      ways.add(event -> event.put("limitNanos", -1L));
    }
    if (value.has("targetNanos")) {
      ways.add(event -> event.put("targetNanos", event.path("thresholdNanos").asLong() - 1));
    }
    if (value.has("monthlyLimitNanos")) {
      ways.add(event -> event.put("monthlyLimitNanos", -1L));
    }
    if (value.has("ttlMillis")) {
      ways.add(event -> event.put("ttlMillis", dice.oneOf(0L, -1L)));
    }
  }

  private void addLists(ObjectNode value, List<Consumer<ObjectNode>> ways) {
    if (value.has("levelsNanos")) {
      ways.add(event -> event.withArray("levelsNanos").add(dice.oneOf(0L, -1L)));
      ways.add(
          event -> {
            ArrayNode levels = event.putArray("levelsNanos");
            for (int i = 1; i <= 65; i++) {
              levels.add((long) i);
            }
          });
    }
    if (value.has("otherUnits")) {
      String meter = dice.oneOf("", "input", "output", "m".repeat(129));
      ways.add(event -> event.withObjectProperty("otherUnits").put(meter, 1L));
      ways.add(event -> event.withObjectProperty("otherUnits").put("image", -1L));
      ways.add(event -> fill(event.withArray("capabilities"), 65));
      ways.add(event -> event.withArray("capabilities").add(dice.oneOf("", "c".repeat(129))));
      ways.add(event -> event.put("model", dice.oneOf("", "m".repeat(129))));
    }
  }

  private static void addPrices(ObjectNode value, List<Consumer<ObjectNode>> ways) {
    if (value.has("rows")) {
      ways.add(event -> event.put("model", ""));
      ways.add(event -> event.put("model", "another"));
      ways.add(
          event -> Events.addRow(event, "input", "standard", 0, -1, "2026-01-01T00:00:00.000Z"));
    }
  }

  private static void fill(ArrayNode capabilities, int count) {
    for (int i = 0; i < count; i++) {
      capabilities.add("c" + i);
    }
  }
}
