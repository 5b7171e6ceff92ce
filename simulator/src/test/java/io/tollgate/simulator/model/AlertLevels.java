package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The levels of the balance: armed above, fired below, armed again (§8). */
final class AlertLevels {
  private AlertLevels() {}

  static void configured(Account account, JsonNode event) {
    account.levels.values().forEach(level -> level.configured = false);
    for (JsonNode nanos : event.path("levelsNanos")) {
      account.levels.computeIfAbsent(nanos.asLong(), key -> new Account.Level()).configured = true;
    }
    for (Account.Level level : account.levels.values()) {
      if (!level.configured) { // its cycle survives, so that no alertId comes twice
        level.armed = false;
        level.fired = false;
      }
    }
  }

  static List<Long> highestFirst(Account account) {
    List<Long> levels = new ArrayList<>();
    for (Map.Entry<Long, Account.Level> level : account.levels.entrySet()) {
      if (level.getValue().configured) {
        levels.add(level.getKey());
      }
    }
    Collections.reverse(levels);
    return levels;
  }

  static void judge(Step step) {
    Account account = step.account;
    judgeExhausted(step);
    for (long nanos : highestFirst(account)) {
      Account.Level level = account.levels.getOrDefault(nanos, new Account.Level());
      if (level.armed && account.posted <= nanos) {
        level.armed = false;
        level.fired = true;
        step.alert("LOW_BALANCE", nanos, nanos + ":" + level.cycle, null);
      } else if (!level.armed && reaches(account.posted, nanos)) {
        level.armed = true;
        level.cycle++;
        if (level.fired) {
          level.fired = false;
          step.alert("BALANCE_RECOVERED", nanos, nanos + ":" + level.cycle, null);
        }
      }
    }
  }

  private static void judgeExhausted(Step step) {
    Account.Level level = step.account.exhausted;
    if (level.armed && step.account.posted <= 0) {
      level.armed = false;
      step.alert("EXHAUSTED", 0L, "0:" + level.cycle, null);
    } else if (!level.armed && step.account.posted > 0) {
      level.armed = true;
      level.cycle++;
    }
  }

  private static boolean reaches(long posted, long level) {
    BigInteger needed = BigInteger.valueOf(level).add(BigInteger.valueOf(level / 10));
    return BigInteger.valueOf(posted).compareTo(needed) >= 0;
  }
}
