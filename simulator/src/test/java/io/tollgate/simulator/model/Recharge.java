package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state of auto-recharge of one account (§7). */
final class Recharge implements State {
  /** Where the machine stands; CLAIMING waits for the answer of the card's budget. */
  enum Phase {
    OFF,
    ARMED,
    CLAIMING,
    PENDING,
    COOLDOWN,
    STOPPED_BY_CUSTOMER,
    STOPPED
  }

  Phase phase = Phase.OFF;
  long threshold;
  long target;
  @Nullable Long monthlyLimit;
  @Nullable JsonNode waitingConfiguration;

  long number;
  long attempt;
  long amount;
  String reason = "";
  String firstReason = "";
  int sends;
  int declines;
  int unknownDeclines;
  boolean stalled;
  boolean waitsForIssuer;
  @Nullable String declinedCard;
  @Nullable String claimedCard;
  @Nullable Long nextAt;

  Map<Long, Counted> counted = new LinkedHashMap<>();
  Set<String> limitReachedMonths = new LinkedHashSet<>();

  /** What a recharge counts in the month of its first request. */
  record Counted(String month, long amount) {}

  boolean inFlight() {
    return phase == Phase.CLAIMING || phase == Phase.PENDING || phase == Phase.COOLDOWN;
  }
}
