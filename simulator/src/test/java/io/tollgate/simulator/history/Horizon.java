package io.tollgate.simulator.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The times at which something may happen, so that a history can meet them exactly or miss them by
 * a millisecond.
 */
final class Horizon {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private final TreeSet<Long> times = new TreeSet<>();
  private final Dice dice;

  Horizon(Dice dice) {
    this.dice = dice;
  }

  void add(long time) {
    times.add(time);
  }

  /** Learns from what an output line says of the future. */
  void learn(ObjectNode line) {
    JsonNode value = line.path("value");
    addTime(value, "deadline", 0);
    addTime(value, "nextAttemptAt", 0);
    if (line.path("type").asText().equals("AuthorizationDecided")) {
      addTime(value, "expiresAt", 0);
    }
    addTime(value, "asOf", 10_000);
    for (JsonNode lot : value.path("lots")) {
      for (long offset : List.of(0L, HOUR, -DAY, -7 * DAY, -30 * DAY)) {
        addTime(lot, "expiresAt", offset);
      }
    }
  }

  private void addTime(JsonNode value, String field, long offset) {
    if (value.path(field).isTextual()) {
      times.add(Lines.millis(value.path(field).asText()) + offset);
    }
  }

  /** One of the next interesting times, or one millisecond beside it. */
  long near(long now) {
    List<Long> next = new ArrayList<>();
    for (long time : times.tailSet(now + 1)) {
      next.add(time);
      if (next.size() == 4) {
        break;
      }
    }
    next.add(monthStart(now));
    long chosen = dice.oneOf(next) + dice.oneOf(0L, 0L, 0L, -1L, 1L);
    return Math.max(now, chosen);
  }

  static long monthStart(long now) {
    return Instant.ofEpochMilli(now)
        .atZone(ZoneOffset.UTC)
        .truncatedTo(ChronoUnit.DAYS)
        .withDayOfMonth(1)
        .plusMonths(1)
        .toInstant()
        .toEpochMilli();
  }
}
