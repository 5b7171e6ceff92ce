package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account makes public at the end of a step: alerts, access, balance (§2, §8). */
final class Publications {
  private static final List<String> ALERT_ORDER =
      List.of(
          "EXHAUSTED",
          "LOW_BALANCE",
          "BALANCE_RECOVERED",
          "EXPIRY_SOON",
          "CREDIT_EXPIRED",
          "OVERDRAFT_WRITTEN_OFF",
          "SPEND_LIMIT_NEAR",
          "SPEND_LIMIT_REACHED",
          "RECHARGE_FAILED",
          "CONTACT_ISSUER",
          "CUSTOMER_ACTION_REQUIRED",
          "RECHARGE_DELAYED",
          "RECHARGE_LIMIT_REACHED",
          "RECHARGE_STALLED",
          "RECHARGE_DISABLED");

  private final long balanceInterval;

  Publications(Options options) {
    this.balanceInterval = options.balancePublishIntervalMillis();
  }

  static void emitAlerts(Step step) {
    List<Step.Alert> alerts = new ArrayList<>(step.alerts);
    alerts.sort(Comparator.comparingInt(alert -> ALERT_ORDER.indexOf(alert.type())));
    for (Step.Alert alert : alerts) {
      Account account = step.account;
      boolean projects = alert.type().equals("LOW_BALANCE") || alert.type().startsWith("RECHARGE_");
      Long next = alert.nextAttemptAt();
      Long exhaustion = projects ? projectedExhaustion(account, step.now) : null;
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("alertId", account.id + ":" + alert.type() + ":" + alert.subject());
      json.put("accountId", account.id);
      json.put("type", alert.type());
      json.put("levelNanos", alert.level());
      json.put("balanceNanos", account.posted);
      json.put("occurredAt", Times.iso(step.now));
      json.put("causeId", step.causeId);
      json.put("nextAttemptAt", next == null ? null : Times.iso(next));
      json.put("projectedExhaustionAt", exhaustion == null ? null : Times.iso(exhaustion));
      json.put("detail", "");
      step.emit("balance-alerts", "BalanceAlert", json);
    }
  }

  /** When the balance is used up at the present rate of spending; null if never. */
  private static @Nullable Long projectedExhaustion(Account account, long now) {
    long hour = Times.hour(now);
    BigInteger wholeHour = BigInteger.valueOf(Times.HOUR);
    BigInteger left = BigInteger.valueOf((hour + 1) * Times.HOUR - now);
    BigInteger spent =
        account
            .chargedByHour
            .getOrDefault(hour - 1, BigInteger.ZERO)
            .multiply(left)
            .divide(wholeHour)
            .add(account.chargedByHour.getOrDefault(hour, BigInteger.ZERO));
    if (spent.signum() == 0 || account.posted <= 0) {
      return null;
    }
    BigInteger at =
        BigInteger.valueOf(account.posted)
            .multiply(wholeHour)
            .divide(spent)
            .add(BigInteger.valueOf(now));
    return at.compareTo(BigInteger.valueOf(Times.LAST)) > 0 ? null : at.longValueExact();
  }

  static void publishAccess(Step step) {
    ObjectNode access = access(step.account, step.now);
    ObjectNode last = step.account.publishedAccess;
    boolean isDefault = samePosition(access, access(Account.open(step.account.id), step.now));
    if (last == null ? isDefault : samePosition(access, last)) {
      return;
    }
    if (isDefault) {
      step.account.publishedAccess = null;
      step.emitTombstone("account-access", "AccountAccess");
    } else {
      step.account.publishedAccess = access;
      step.emit("account-access", "AccountAccess", access);
    }
  }

  private static boolean samePosition(ObjectNode one, ObjectNode other) {
    List<String> moving = List.of("version", "asOf");
    return one.deepCopy().remove(moving).equals(other.deepCopy().remove(moving));
  }

  private static ObjectNode access(Account account, long now) {
    ObjectNode access = JsonNodeFactory.instance.objectNode();
    access.put("accountId", account.id);
    access.put("version", account.version);
    access.put("asOf", Times.iso(now));
    access.put("status", account.suspended ? "SUSPENDED" : "ACTIVE");
    access.put("verified", account.verified);
    access.put("creditState", creditState(account, now));
    access.put("spendLimitReached", SpendLimits.accountIsBlocked(account, now));
    return access;
  }

  private static String creditState(Account account, long now) {
    long usable = Lots.usable(account, now);
    List<Long> levels = AlertLevels.highestFirst(account);
    if (usable <= 0) {
      return "EXHAUSTED";
    }
    return !levels.isEmpty() && usable <= levels.get(0) ? "LOW" : "FUNDED";
  }

  /** Publishes a changed balance: usage at most once in the interval, everything else at once. */
  void publishBalance(Step step) {
    Account account = step.account;
    boolean atOnce =
        !step.isUsage
            || account.publishedBalance == null
            || step.now - account.publishedBalanceAt >= balanceInterval;
    if (atOnce && balanceHasChanged(account, step.now)) {
      ObjectNode balance = balance(account, step.now);
      account.publishedBalance = balance;
      account.publishedBalanceAt = step.now;
      step.emit("account-balances", "AccountBalance", balance);
    }
  }

  private static boolean balanceHasChanged(Account account, long now) {
    ObjectNode last = account.publishedBalance;
    return last == null
        || !last.deepCopy().without("asOf").equals(balance(account, now).without("asOf"));
  }

  /** When a balance that usage has changed is due to be published; null if it has not changed. */
  @Nullable Long balanceDueAt(Account account) {
    return balanceHasChanged(account, account.ruleTime)
        ? account.publishedBalanceAt + balanceInterval
        : null;
  }

  static ObjectNode balance(Account account, long now) {
    ObjectNode balance = JsonNodeFactory.instance.objectNode();
    balance.put("accountId", account.id);
    balance.put("version", account.version);
    balance.put("asOf", Times.iso(now));
    balance.put("currency", account.currency);
    balance.put("postedNanos", account.posted);
    balance.put("heldNanos", Lots.held(account));
    balance.put("availableNanos", Lots.available(account, now));
    balance.put("debtNanos", account.debt);
    ArrayNode lots = balance.putArray("lots");
    for (Lot lot : Lots.inDrainOrder(account)) {
      ObjectNode json = lots.addObject();
      json.put("lotId", lot.id);
      json.put("kind", lot.kind);
      json.put("grantedNanos", lot.granted);
      json.put("remainingNanos", lot.remaining);
      json.put("frozenNanos", Lots.frozen(account, lot));
      json.put("effectiveAt", Times.iso(lot.effectiveAt));
      json.put("expiresAt", lot.expiresAt == null ? null : Times.iso(lot.expiresAt));
    }
    balance.set("lifetime", Lifetime.toJson(account));
    return balance;
  }
}
