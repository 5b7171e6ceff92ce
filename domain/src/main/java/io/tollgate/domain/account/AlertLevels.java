package io.tollgate.domain.account;

import io.tollgate.domain.effect.Effect.AlertType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The balances at which an account's owner hears of it, each with its arming. A level fires once
 * per arming; it is armed by a balance of at least level + level/10. Zero is a level that is always
 * there, armed by any positive balance, and recovers without a word.
 */
final class AlertLevels {

  private static final long ZERO = 0;

  /** Null as long as the account has named none and the defaults hold. */
  @Nullable List<Long> configured;

  long configuredAt = Long.MIN_VALUE;

  /** Arming by level; keeps the cycles of levels that are no longer configured. */
  final NavigableMap<Long, Arming> armings;

  /**
   * Where one level stands.
   *
   * @param fired whether it fired in this cycle, and so owes a word on recovery
   * @param cycle how often it has been armed
   */
  record Arming(boolean armed, boolean fired, long cycle) {
    static final Arming NEW = new Arming(false, false, 0);
  }

  /** A level that fired or recovered. */
  record Crossing(AlertType type, long level, long cycle) {}

  AlertLevels() {
    armings = new TreeMap<>();
  }

  private AlertLevels(AlertLevels other) {
    configured = other.configured;
    configuredAt = other.configuredAt;
    armings = new TreeMap<>(other.armings);
  }

  AlertLevels copy() {
    return new AlertLevels(this);
  }

  /** Replaces the levels; one that was not there before starts unarmed. */
  void configure(List<Long> levels, long at, List<Long> defaults) {
    List<Long> before = levels(defaults);
    configured = levels.stream().distinct().sorted(Collections.reverseOrder()).toList();
    configuredAt = at;
    for (Long level : configured) {
      Arming arming = armings.get(level);
      if (arming != null && !before.contains(level)) {
        armings.put(level, new Arming(false, false, arming.cycle()));
      }
    }
  }

  List<Long> levels(List<Long> defaults) {
    return configured == null ? defaults : configured;
  }

  /** The highest level, or null without any. */
  @Nullable Long highest(List<Long> defaults) {
    List<Long> levels = levels(defaults);
    return levels.isEmpty() ? null : Collections.max(levels);
  }

  /** Judges a balance against every level: what fired and what recovered, highest level first. */
  List<Crossing> judge(long posted, List<Long> defaults) {
    List<Crossing> crossings = new ArrayList<>(0);
    for (long level : levels(defaults)) {
      judge(level, posted <= level, posted >= Math.addExact(level, level / 10), crossings);
    }
    judge(ZERO, posted <= ZERO, posted > ZERO, crossings);
    return crossings;
  }

  private void judge(long level, boolean reached, boolean recovered, List<Crossing> crossings) {
    Arming arming = armings.getOrDefault(level, Arming.NEW);
    if (arming.armed() && reached) {
      armings.put(level, new Arming(false, true, arming.cycle()));
      AlertType type = level == ZERO ? AlertType.EXHAUSTED : AlertType.LOW_BALANCE;
      crossings.add(new Crossing(type, level, arming.cycle()));
    } else if (!arming.armed() && recovered) {
      armings.put(level, new Arming(true, false, arming.cycle() + 1));
      if (arming.fired() && level != ZERO) {
        crossings.add(new Crossing(AlertType.BALANCE_RECOVERED, level, arming.cycle() + 1));
      }
    }
  }
}
