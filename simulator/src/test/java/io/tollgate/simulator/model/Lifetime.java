package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The sums of everything that ever moved an account's money, by kind (§2). */
final class Lifetime {
  private static final List<String> KINDS =
      List.of(
          "purchased",
          "granted",
          "used",
          "expired",
          "refunded",
          "disputed",
          "voided",
          "writtenOff");

  private Lifetime() {}

  static void addEntry(Account account, String type, long amount) {
    switch (type) {
      case "PURCHASE" -> add(account, "purchased", amount);
      case "GRANT" -> add(account, "granted", amount);
      case "USAGE" -> add(account, "used", Math.negateExact(amount));
      case "EXPIRY" -> add(account, "expired", Math.negateExact(amount));
      case "REFUND", "REFUND_REVERSAL" -> add(account, "refunded", Math.negateExact(amount));
      case "DISPUTE_LOST" -> add(account, "disputed", Math.negateExact(amount));
      case "VOID" -> add(account, "voided", Math.negateExact(amount));
      default -> throw new IllegalStateException("no such entry: " + type);
    }
  }

  static void add(Account account, String kind, long amount) {
    account.lifetime.put(kind, Math.addExact(of(account, kind), amount));
  }

  static long of(Account account, String kind) {
    return account.lifetime.getOrDefault(kind, 0L);
  }

  static ObjectNode toJson(Account account) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    KINDS.forEach(kind -> json.put(kind, of(account, kind)));
    return json;
  }
}
