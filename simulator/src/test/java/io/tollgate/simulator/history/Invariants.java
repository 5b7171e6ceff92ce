package io.tollgate.simulator.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What must hold after every operation, whatever the history: told from the output alone, without
 * knowing any rule of the contract but conservation, uniqueness and order.
 */
public final class Invariants {
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  private static final long USAGE_MEMORY = 35L * 24 * 3_600_000;

  /** Inputs after which a recharge may have ended, so that another may begin. */
  private static final Set<String> MAY_END_RECHARGE =
      Set.of(
          "PaymentSucceeded",
          "PaymentFailed",
          "PaymentRefunded",
          "DisputeUpdated",
          "AutoRechargeConfigured",
          "CreditGranted",
          "PhoneVerified");

  private final Map<String, Books> books = new TreeMap<>();
  private final List<Books> rechargesStarted = new ArrayList<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private final Map<String, Long> alertIds = new HashMap<>();

  /** Checks what one input line has caused; throws AssertionError with the first violation. */
  public void check(ObjectNode input, List<ObjectNode> outputs) {
    checkRejection(input, outputs);
    endRecharge(input, outputs);
    Map<String, String> lastTime = new HashMap<>();
    for (ObjectNode line : outputs) {
      JsonNode value = line.path("value");
      switch (text(line, "type")) {
        case "LedgerEntry" -> checkEntry(value);
        case "AccountBalance" -> checkBalance(value);
        case "AccountAccess" -> checkAccess(line);
        case "BalanceAlert" -> checkAlert(value);
        case "RechargeRequested" -> checkRecharge(value);
        default -> {}
      }
      if (!text(line, "type").equals("RejectedEvent")) {
        String stream = text(line, "topic") + " of " + text(line, "key");
        String time = text(line, "timestamp");
        String last = lastTime.put(stream, time);
        require(last == null || last.compareTo(time) <= 0, "time goes back: %s", line);
      }
    }
    // Only now: a deadline may start one that the record ends.
    rechargesStarted.forEach(account -> account.rechargeMayEnd = false);
    rechargesStarted.clear();
  }

  /** Checks the balances at the end against the last ledger entries. */
  public void checkFinal(List<ObjectNode> balances) {
    String last = "";
    for (ObjectNode line : balances) {
      JsonNode value = line.path("value");
      String account = text(value, "accountId");
      require(last.compareTo(account) < 0, "accounts out of order: %s", line);
      last = account;
      require(
          value.path("version").asLong() == booksOf(account).version,
          "a final balance that is not the last: %s",
          value);
      checkBalance(value);
    }
    for (Map.Entry<String, Books> entry : books.entrySet()) {
      String account = entry.getKey();
      require(
          balances.stream().anyMatch(line -> text(line, "key").equals(account)),
          "no final balance of %s",
          account);
    }
  }

  private void checkRejection(ObjectNode input, List<ObjectNode> outputs) {
    if (!input.has("topic")) {
      return;
    }
    String topic = text(input, "topic");
    long offset = offsets.merge(topic, 1L, Long::sum) - 1;
    if (!isRejected(outputs, topic, offset)) {
      return;
    }
    for (ObjectNode line : outputs) {
      JsonNode cause = line.path("value").path("cause");
      require(
          cause.isMissingNode() || text(cause, "topic").equals("deadline"),
          "a rejected record wrote an entry: %s",
          line);
      String type = text(line, "type");
      require(
          !type.equals("UsageBlocked") && !type.equals("AuthorizationDecided"),
          "a rejected record was decided: %s",
          line);
    }
  }

  private static boolean isRejected(List<ObjectNode> outputs, String topic, long offset) {
    return outputs.stream()
        .filter(line -> text(line, "type").equals("RejectedEvent"))
        .map(line -> line.path("value"))
        .anyMatch(
            value ->
                text(value, "sourceTopic").endsWith(topic)
                    && value.path("sourceOffset").asLong() == offset);
  }

  private void endRecharge(ObjectNode input, List<ObjectNode> outputs) {
    Books account = books.get(text(input.path("value"), "accountId"));
    if (account != null && MAY_END_RECHARGE.contains(text(input, "type"))) {
      account.rechargeMayEnd = true;
    }
    for (ObjectNode line : outputs) {
      if (text(line.path("value"), "type").equals("GRANT")) { // credit by a deadline
        booksOf(text(line, "key")).rechargeMayEnd = true;
      }
    }
  }

  private void checkAlert(JsonNode alert) {
    long time = Lines.millis(text(alert, "occurredAt"));
    Long last = alertIds.put(text(alert, "alertId"), time);
    // Usage is remembered for 35 days: after that the same id is another event.
    boolean isOtherUsage =
        last != null
            && text(alert, "type").equals("OVERDRAFT_WRITTEN_OFF")
            && time - last > USAGE_MEMORY;
    require(last == null || isOtherUsage, "an alertId twice: %s", alert);
    if (text(alert, "type").equals("RECHARGE_DELAYED")) {
      noteDelayed(text(alert, "accountId"), text(alert, "alertId"));
    }
  }

  /** A recharge that waits for its card has a number, and may end before it is ever requested. */
  private void noteDelayed(String account, String alertId) {
    String prefix = account + ":RECHARGE_DELAYED:" + account + ":";
    require(alertId.startsWith(prefix), "an alertId without a recharge: %s", alertId);
    String rest = alertId.substring(prefix.length());
    booksOf(account).delayed.add(Long.parseLong(rest.substring(0, rest.indexOf(':'))));
  }

  private void checkEntry(JsonNode entry) {
    Books account = booksOf(text(entry, "accountId"));
    long version = entry.path("version").asLong();
    require(version == account.version + 1, "a gap in the versions: %s", entry);
    require(
        text(entry, "entryId").equals(text(entry, "accountId") + ":" + version),
        "an entryId that is not the version: %s",
        entry);
    long before = entry.path("balanceBeforeNanos").asLong();
    long after = entry.path("balanceAfterNanos").asLong();
    long amount = entry.path("amountNanos").asLong();
    long debt = entry.path("debtAfterNanos").asLong();
    require(before == account.posted, "a broken balance chain: %s", entry);
    require(Math.addExact(before, amount) == after, "before + amount is not after: %s", entry);

    long moved = 0;
    for (JsonNode movement : entry.path("lotMovements")) {
      long delta = movement.path("deltaNanos").asLong();
      moved = Math.addExact(moved, delta);
      long rest = account.lots.merge(text(movement, "lotId"), delta, Math::addExact);
      require(rest >= 0, "a lot below zero: %s", entry);
    }
    require(debt >= 0, "debt below zero: %s", entry);
    require(amount == moved - (debt - account.debt), "amount is not lots less debt: %s", entry);
    account.version = version;
    account.posted = after;
    account.debt = debt;
    account.postedByVersion.put(version, after);
    require(after == account.sumOfLots() - debt, "posted is not lots less debt: %s", entry);
    checkDebited(entry, account, amount);
  }

  private static void checkDebited(JsonNode entry, Books account, long amount) {
    long writtenOff = entry.path("writtenOffNanos").asLong();
    require(writtenOff >= 0, "written off below zero: %s", entry);
    account.writtenOff = Math.addExact(account.writtenOff, writtenOff);
    if (!text(entry, "type").equals("USAGE")) {
      return;
    }
    for (JsonNode line : entry.path("lines")) {
      account.exact =
          account.exact.add(
              BigInteger.valueOf(line.path("quantity").asLong())
                  .multiply(BigInteger.valueOf(line.path("nanosPerMillion").asLong())));
    }
    account.debited =
        account.debited.add(BigInteger.valueOf(writtenOff)).subtract(BigInteger.valueOf(amount));
    require(
        account.debited.equals(account.exact.divide(MILLION)),
        "debited in total is not the floor of the exact total: %s",
        entry);
  }

  private void checkBalance(JsonNode balance) {
    Books account = booksOf(text(balance, "accountId"));
    long version = balance.path("version").asLong();
    long posted = balance.path("postedNanos").asLong();
    require(
        posted == account.postedByVersion.getOrDefault(version, 0L),
        "posted is not that of the last entry: %s",
        balance);
    long inLots = 0;
    for (JsonNode lot : balance.path("lots")) {
      long remaining = lot.path("remainingNanos").asLong();
      long frozen = lot.path("frozenNanos").asLong();
      require(remaining > 0, "an empty lot: %s", balance);
      require(frozen >= 0 && frozen <= remaining, "more frozen than there is: %s", balance);
      inLots = Math.addExact(inLots, remaining);
      require(
          version != account.version
              || remaining == account.lots.getOrDefault(text(lot, "lotId"), 0L),
          "a lot that is not what its movements made it: %s",
          balance);
    }
    long held = balance.path("heldNanos").asLong();
    require(
        posted == inLots - balance.path("debtNanos").asLong(),
        "posted is not lots less debt: %s",
        balance);
    require(held >= 0, "held below zero: %s", balance);
    require(
        balance.path("availableNanos").asLong() <= posted - held,
        "more available than posted less held: %s",
        balance);
    checkLifetime(balance, account, posted);
  }

  private static void checkLifetime(JsonNode balance, Books account, long posted) {
    JsonNode lifetime = balance.path("lifetime");
    BigInteger sum = BigInteger.ZERO;
    for (String kind : List.of("purchased", "granted")) {
      sum = sum.add(BigInteger.valueOf(lifetime.path(kind).asLong()));
    }
    for (String kind : List.of("used", "expired", "refunded", "disputed", "voided")) {
      sum = sum.subtract(BigInteger.valueOf(lifetime.path(kind).asLong()));
    }
    require(sum.equals(BigInteger.valueOf(posted)), "lifetime is not posted: %s", balance);
    require(
        balance.path("version").asLong() != account.version
            || lifetime.path("writtenOff").asLong() == account.writtenOff,
        "written off in life is not the sum of the entries: %s",
        balance);
  }

  private void checkAccess(ObjectNode line) {
    Books account = booksOf(text(line, "key"));
    JsonNode value = line.path("value");
    if (value.isNull()) {
      require(account.access != null, "a tombstone of nothing: %s", line);
      account.access = null;
      return;
    }
    String access =
        text(value, "status")
            + value.path("verified").asBoolean()
            + text(value, "creditState")
            + value.path("spendLimitReached").asBoolean();
    require(!access.equals(account.access), "access published without a change: %s", line);
    require(!access.equals("ACTIVEfalseEXHAUSTEDfalse"), "the default state: %s", line);
    account.access = access;
  }

  private void checkRecharge(JsonNode request) {
    Books account = booksOf(text(request, "accountId"));
    String id = text(request, "rechargeId");
    if (!id.equals(account.rechargeId)) {
      String prefix = text(request, "accountId") + ":";
      account.recharges++;
      while (!id.equals(prefix + account.recharges)
          && account.delayed.contains(account.recharges)) {
        account.recharges++;
      }
      require(
          id.equals(prefix + account.recharges), "recharges are not numbered in turn: %s", request);
      require(
          account.rechargeId == null || account.rechargeMayEnd,
          "two recharges in flight: %s",
          request);
      account.rechargeId = id;
      account.rechargeAmount = request.path("amountNanos").asLong();
      rechargesStarted.add(account);
      account.sends.clear();
    }
    require(
        request.path("amountNanos").asLong() == account.rechargeAmount,
        "a recharge that changed its amount: %s",
        request);
    require(
        text(request, "idempotencyKey").equals(id + ":" + text(request, "attempt")),
        "an idempotency key that is not the attempt: %s",
        request);
    int sends = account.sends.merge(text(request, "attempt"), 1, Integer::sum);
    require(sends <= 4 && account.sends.size() <= 4, "sent too often: %s", request);
  }

  private Books booksOf(String account) {
    return books.computeIfAbsent(account, id -> new Books());
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }

  private static void require(boolean holds, String message, Object subject) {
    if (!holds) {
      throw new AssertionError(String.format(message, subject));
    }
  }

  /** What the output has said of one account so far. */
  private static final class Books {
    long version;
    long posted;
    long debt;
    long writtenOff;
    BigInteger exact = BigInteger.ZERO;
    BigInteger debited = BigInteger.ZERO;
    final Map<String, Long> lots = new HashMap<>();
    final Map<Long, Long> postedByVersion = new HashMap<>();
    @Nullable String access;
    @Nullable String rechargeId;
    long recharges;
    long rechargeAmount;
    boolean rechargeMayEnd;
    final Set<Long> delayed = new HashSet<>();
    final Map<String, Integer> sends = new HashMap<>();

    long sumOfLots() {
      return new ArrayList<>(lots.values()).stream().reduce(0L, Math::addExact);
    }
  }
}
