package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of one prepaid organisation; each section of the contract works on its
 * own fields.
 */
final class Account implements State {
  static final long DOLLAR = 1_000_000_000L;

  String id = "";
  long ruleTime = Long.MIN_VALUE;

  /** Months that start later than this have not been judged as such. */
  long monthsJudgedUntil = Long.MIN_VALUE;

  // §2, §5: money
  String currency = "USD";
  long version;
  long posted;
  long debt;
  long carry;
  long overdraftLimit = DOLLAR;
  List<Lot> lots = new ArrayList<>();
  Map<String, Long> lifetime = new LinkedHashMap<>();
  Map<String, JsonNode> voids = new LinkedHashMap<>();

  // §3: identities, and the times of the latest settings
  Map<String, Remembered> remembered = new LinkedHashMap<>();
  Map<String, Long> latestSetting = new LinkedHashMap<>();

  // §6: status, holds, limits
  boolean suspended;
  boolean verified;
  @Nullable Long openedAt;
  @Nullable String country;
  String buyerType = "BUSINESS";
  boolean trialGiven;
  Map<String, Authorization> authorizations = new TreeMap<>();
  Map<String, SpendLimit> spendLimits = new TreeMap<>();

  // §7: payments and recharge
  Map<String, Payment> payments = new LinkedHashMap<>();
  Map<String, Refund> refunds = new LinkedHashMap<>();
  Map<String, Dispute> disputes = new LinkedHashMap<>();
  List<WaitingReversal> waitingReversals = new ArrayList<>();
  @Nullable String card;
  long cardKnownAt = Long.MIN_VALUE;
  Recharge recharge = new Recharge();

  // §8: alerts, stranding, publications
  Map<Long, Level> levels = new TreeMap<>();
  Level exhausted = new Level();
  Map<Long, BigInteger> chargedByHour = new TreeMap<>();
  List<Stranded> stranded = new ArrayList<>();
  @Nullable ObjectNode publishedBalance;
  long publishedBalanceAt;
  @Nullable ObjectNode publishedAccess;

  static Account open(String id) {
    Account account = new Account();
    account.id = id;
    account.levels.put(5 * DOLLAR, new Level());
    account.levels.put(DOLLAR, new Level());
    account.exhausted.configured = true;
    account.levels.values().forEach(level -> level.configured = true);
    return account;
  }

  /**
   * A record that claimed its identity.
   *
   * @param until the last time at which it is remembered
   */
  record Remembered(JsonNode content, long until) {}

  /** Money of one lot that a policy made useless, as long as it is not cleared. */
  record Stranded(String lotId, String policyId, boolean cleared) {}

  /** One alert level: whether it waits to fire, has fired, and how often it was armed. */
  static final class Level implements State {
    boolean configured;
    boolean armed;
    boolean fired;
    long cycle;
  }

  /** A spend limit with what was spent under it by month (§6). */
  static final class SpendLimit implements State {
    String scope = "";
    String scopeId = "";
    @Nullable Long limit;
    boolean blocks;
    Map<String, BigInteger> spentByMonth = new TreeMap<>();
    Map<String, Boolean> alerted = new TreeMap<>();
  }

  /** A payment that credited its lot, and what was reversed of it. */
  static final class Payment implements State {
    String id = "";
    long amount;
    long occurredAt;
    long arrival;
    @Nullable String card;
    long reversed;
    long tookFromExpired;

    /** Lost by disputes beyond what was left to take. */
    long excess;
  }

  /** The state that a refund has reached, and what it took. */
  static final class Refund implements State {
    String status = "";
    long amount;
    long tookFree;
    long tookMoney;
    boolean took;
  }

  /** A refund or dispute that came before its payment. */
  record WaitingReversal(
      String type, JsonNode event, Cause cause, long occurredAt, @Nullable String key) {}

  /** The state that a dispute has reached. */
  static final class Dispute implements State {
    String paymentId = "";
    String status = "";
    long amount;
  }

  /** The decision on an authorization, and its hold. */
  static final class Authorization implements State {
    String id = "";
    boolean allowed;
    boolean lease;
    @Nullable String model;
    List<String> capabilities = new ArrayList<>();
    long openedAt;
    long requestedAt;
    boolean open;
    long held;
    long expiresAt;
    @Nullable Long releaseEndsAt;
    @Nullable Long settlesAtRelease;
    long settled;
    long rememberedFrom;
  }
}
