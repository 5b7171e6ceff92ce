package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.simulator.model.Recharge.Phase;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Auto-recharge: when it fires, how much it asks for, and what ends it (§7). */
final class Recharges {
  private static final long LEAST = 5 * Account.DOLLAR;
  private static final long ANSWER_TIME = 15 * Times.MINUTE;
  private static final int MOST_SENDS = 4;
  private static final int MOST_DECLINES = 4;
  private static final List<Long> RETRY_DELAYS =
      List.of(Times.HOUR, 24 * Times.HOUR, 72 * Times.HOUR);

  private Recharges() {}

  static void configured(Step step, JsonNode event) {
    Recharge recharge = step.account.recharge;
    boolean waitsForResult =
        recharge.phase == Phase.CLAIMING || (recharge.phase == Phase.PENDING && !recharge.stalled);
    if (waitsForResult) {
      recharge.waitingConfiguration = event;
      return;
    }
    if (recharge.inFlight()) {
      endWithoutSuccess(step);
    }
    configure(step, event);
  }

  private static void configure(Step step, JsonNode event) {
    Recharge recharge = step.account.recharge;
    recharge.waitingConfiguration = null;
    recharge.threshold = Fields.number(event, "thresholdNanos");
    recharge.target = Fields.number(event, "targetNanos");
    recharge.monthlyLimit = Fields.optionalNumber(event, "monthlyLimitNanos");
    recharge.phase = Fields.flag(event, "enabled") ? Phase.ARMED : Phase.OFF;
    step.judgesRecharge = true;
  }

  /**
   * A configuration that came while the result was awaited acts as if it had come right after it.
   */
  private static void configureIfWaiting(Step step) {
    JsonNode waiting = step.account.recharge.waitingConfiguration;
    if (waiting != null) {
      if (step.account.recharge.inFlight()) {
        endWithoutSuccess(step);
      }
      configure(step, waiting);
    }
  }

  /** Fires if it should; called once, after all entries of a step. */
  static void judge(Step step) {
    Account account = step.account;
    Recharge recharge = account.recharge;
    if (recharge.phase != Phase.ARMED || account.suspended) {
      return;
    }
    if (step.deniedForCredit && account.posted < recharge.target) {
      start(step, "DENIED_FOR_CREDIT");
    } else if (step.judgesRecharge && account.posted <= recharge.threshold) {
      start(step, "BELOW_THRESHOLD");
    }
  }

  private static void start(Step step, String reason) {
    Account account = step.account;
    Recharge recharge = account.recharge;
    String month = Times.month(step.now);
    long amount = Math.max(Math.subtractExact(recharge.target, account.posted), LEAST);
    if (recharge.monthlyLimit != null) {
      BigInteger left =
          BigInteger.valueOf(recharge.monthlyLimit).subtract(countedIn(recharge, month));
      if (left.compareTo(BigInteger.valueOf(LEAST)) < 0) {
        if (recharge.limitReachedMonths.add(month)) {
          step.alert("RECHARGE_LIMIT_REACHED", null, month, null);
        }
        return;
      }
      amount = BigInteger.valueOf(amount).min(left).longValueExact();
    }
    recharge.number++;
    recharge.attempt = 1;
    recharge.amount = amount;
    recharge.firstReason = reason;
    recharge.declines = 0;
    recharge.unknownDeclines = 0;
    recharge.counted.put(recharge.number, new Recharge.Counted(month, amount));
    request(step, reason);
  }

  private static BigInteger countedIn(Recharge recharge, String month) {
    BigInteger sum = BigInteger.ZERO;
    for (Recharge.Counted counted : recharge.counted.values()) {
      if (counted.month().equals(month)) {
        sum = sum.add(BigInteger.valueOf(counted.amount()));
      }
    }
    return sum;
  }

  /** Sends the next attempt, once the budget of the card allows it. */
  private static void request(Step step, String reason) {
    Account account = step.account;
    Recharge recharge = account.recharge;
    recharge.reason = reason;
    recharge.waitsForIssuer = false;
    if (account.card == null) {
      send(step, reason);
      return;
    }
    recharge.phase = Phase.CLAIMING;
    recharge.nextAt = null;
    recharge.claimedCard = account.card;
    step.claims.add(
        new Claim.CardSlot(
            account.id, account.card, requestId(account), rechargeId(account), step.now));
  }

  /** The answer of the card's budget: send now, or wait until the time given. */
  static void answered(Step step, @Nullable Long waitUntil) {
    Recharge recharge = step.account.recharge;
    if (recharge.phase != Phase.CLAIMING) {
      return;
    }
    if (waitUntil == null) {
      send(step, recharge.reason);
      return;
    }
    recharge.phase = Phase.COOLDOWN;
    recharge.nextAt = waitUntil;
    recharge.claimedCard = null;
    step.alert(
        "RECHARGE_DELAYED", null, requestId(step.account) + ":" + Times.iso(waitUntil), waitUntil);
    configureIfWaiting(step);
  }

  private static void send(Step step, String reason) {
    Recharge recharge = step.account.recharge;
    recharge.phase = Phase.PENDING;
    recharge.sends = 1;
    recharge.stalled = false;
    recharge.nextAt = step.now + ANSWER_TIME;
    emit(step, reason);
  }

  /** The deadline of a request without a result, or of a retry. */
  static void due(Step step) {
    Recharge recharge = step.account.recharge;
    if (recharge.phase == Phase.COOLDOWN) {
      request(step, recharge.attempt == 1 ? recharge.firstReason : "RETRY_AFTER_DECLINE");
    } else if (recharge.sends < MOST_SENDS) {
      recharge.sends++;
      recharge.nextAt = step.now + ANSWER_TIME;
      emit(step, "UNKNOWN_OUTCOME");
    } else {
      recharge.stalled = true;
      recharge.nextAt = null;
      step.alert("RECHARGE_STALLED", null, requestId(step.account), null);
    }
  }

  private static void emit(Step step, String reason) {
    Account account = step.account;
    Recharge recharge = account.recharge;
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("rechargeId", rechargeId(account));
    request.put("attempt", recharge.attempt);
    request.put("idempotencyKey", requestId(account));
    request.put("accountId", account.id);
    request.put("amountNanos", recharge.amount);
    request.put("currency", account.currency);
    request.put("balanceNanos", account.posted);
    request.put("thresholdNanos", recharge.threshold);
    request.put("targetNanos", recharge.target);
    request.put("requestedAt", Times.iso(step.now));
    request.put("deadline", Times.iso(step.now + ANSWER_TIME));
    request.put("reason", reason);
    step.emit("recharge-requests", "RechargeRequested", request);
  }

  static String rechargeId(Account account) {
    return account.id + ":" + account.recharge.number;
  }

  private static String requestId(Account account) {
    return rechargeId(account) + ":" + account.recharge.attempt;
  }

  /** Whether a payment event names the recharge that is in flight. */
  static boolean isCurrent(Account account, JsonNode event) {
    return account.recharge.inFlight()
        && rechargeId(account).equals(Fields.optionalText(event, "rechargeId"));
  }

  static String requestNamedBy(Account account, JsonNode event) {
    return Objects.requireNonNullElse(Fields.optionalText(event, "rechargeId"), account.id)
        + ":"
        + Fields.text(event, "attempt");
  }

  /** A success of the current recharge ends it, whatever the attempt. */
  static void succeeded(Step step) {
    freeSlot(step);
    step.account.recharge.phase = Phase.ARMED;
    step.account.recharge.nextAt = null;
    step.judgesRecharge = true;
    configureIfWaiting(step);
  }

  private static void endWithoutSuccess(Step step) {
    Recharge recharge = step.account.recharge;
    freeSlot(step);
    recharge.counted.remove(recharge.number);
    recharge.phase = Phase.ARMED;
    recharge.nextAt = null;
    step.judgesRecharge = true;
  }

  private static void freeSlot(Step step) {
    Recharge recharge = step.account.recharge;
    if (recharge.claimedCard != null) {
      step.claims.add(
          new Claim.CardSlotFree(step.account.id, recharge.claimedCard, requestId(step.account)));
      recharge.claimedCard = null;
    }
  }

  /**
   * Credit that lifts the balance over the threshold ends a cooldown, a purchase also a stop by the
   * customer.
   */
  static void credited(Step step, long balanceBefore, boolean purchase) {
    Account account = step.account;
    Recharge recharge = account.recharge;
    boolean lifts = balanceBefore <= recharge.threshold && account.posted > recharge.threshold;
    if (lifts && recharge.phase == Phase.COOLDOWN) {
      endWithoutSuccess(step);
    } else if (lifts && purchase && recharge.phase == Phase.STOPPED_BY_CUSTOMER) {
      recharge.phase = Phase.ARMED;
    }
  }

  static void failed(Step step, JsonNode event, DeclineTable table) {
    Account account = step.account;
    Recharge recharge = account.recharge;
    Long attempt = Fields.optionalNumber(event, "attempt");
    boolean pendingAttempt =
        recharge.phase == Phase.PENDING
            && isCurrent(account, event)
            && attempt != null
            && attempt == recharge.attempt;
    if (!pendingAttempt) {
      return;
    }
    String declined = requestId(account);
    freeSlot(step);
    recharge.declines++;
    DeclineTable.Entry entry = table.classify(event);
    if (entry == null) {
      recharge.unknownDeclines++;
      entry = new DeclineTable.Entry(recharge.unknownDeclines > 1 ? "CUSTOMER" : "RETRY", null);
    }
    boolean last = recharge.declines >= MOST_DECLINES;
    String kind = last ? "STOP" : entry.kind();
    switch (kind) {
      case "STOP" -> {
        stop(step, Phase.STOPPED);
        step.alert("RECHARGE_DISABLED", null, declined, null);
      }
      case "CUSTOMER" -> {
        stop(step, Phase.STOPPED_BY_CUSTOMER);
        step.alert("CUSTOMER_ACTION_REQUIRED", null, declined, null);
      }
      default -> {
        coolDown(step, entry, Fields.optionalText(event, "cardFingerprint"));
        if (kind.equals("ISSUER")) {
          recharge.waitsForIssuer = true;
          step.alert("CONTACT_ISSUER", null, declined, recharge.nextAt);
        }
      }
    }
    if (recharge.declines == 1) {
      step.alert("RECHARGE_FAILED", null, declined, recharge.nextAt);
    }
    configureIfWaiting(step);
  }

  private static void stop(Step step, Phase phase) {
    endWithoutSuccess(step);
    step.account.recharge.phase = phase;
  }

  private static void coolDown(Step step, DeclineTable.Entry entry, @Nullable String card) {
    Recharge recharge = step.account.recharge;
    Long delay = entry.delayMillis();
    if (delay == null) {
      delay = RETRY_DELAYS.get((int) Math.min(recharge.attempt, RETRY_DELAYS.size()) - 1);
    }
    recharge.phase = Phase.COOLDOWN;
    recharge.nextAt = step.now + delay;
    recharge.declinedCard = card == null ? step.account.card : card;
    recharge.attempt++;
  }

  /** The customer has spoken with the bank: the retry that waits for it may come sooner. */
  static void issuerCleared(Step step, JsonNode event) {
    Recharge recharge = step.account.recharge;
    String card = Fields.optionalText(event, "cardFingerprint");
    boolean concerned = card == null || card.equals(recharge.declinedCard);
    if (recharge.phase == Phase.COOLDOWN && recharge.waitsForIssuer && concerned) {
      recharge.nextAt = Math.max(step.now, step.occurredAt + Times.HOUR);
    }
  }

  static void disputeLost(Step step, String disputeId) {
    Recharge recharge = step.account.recharge;
    if (recharge.phase == Phase.OFF || recharge.phase == Phase.STOPPED) {
      return;
    }
    JsonNode waiting = recharge.waitingConfiguration;
    if (recharge.inFlight()) {
      endWithoutSuccess(step);
    }
    if (waiting != null) {
      configure(step, waiting);
    }
    if (recharge.phase != Phase.OFF) {
      recharge.phase = Phase.STOPPED;
      step.alert("RECHARGE_DISABLED", null, disputeId, null);
    }
  }
}
