package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Monthly limits of what an account, a project or a key may spend (§6). */
final class SpendLimits {
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);
  private static final BigInteger NEAR = BigInteger.valueOf(80);

  private SpendLimits() {}

  static String timeline(JsonNode event) {
    return "SpendLimitConfigured\n" + key(Fields.text(event, "scope"), scopeId(event));
  }

  private static @Nullable String scopeId(JsonNode event) {
    // An account has no id within itself, whatever the event says.
    return Fields.text(event, "scope").equals("ACCOUNT")
        ? null
        : Fields.optionalText(event, "scopeId");
  }

  private static String key(String scope, @Nullable String scopeId) {
    return scope + ":" + (scopeId == null ? "" : scopeId);
  }

  static void configured(Step step, JsonNode event) {
    String scope = Fields.text(event, "scope");
    String scopeId = scopeId(event);
    Account.SpendLimit limit =
        step.account.spendLimits.computeIfAbsent(
            key(scope, scopeId), key -> new Account.SpendLimit());
    limit.scope = scope;
    limit.scopeId = scopeId == null ? "" : scopeId;
    limit.limit = Fields.optionalNumber(event, "monthlyLimitNanos");
    limit.blocks = Fields.text(event, "enforcement").equals("BLOCK");
    judge(step, limit, Times.month(step.now));
  }

  /** Counts charged usage in the month of its occurrence. */
  static void spend(Step step, JsonNode event, long charged) {
    String month = Times.month(step.occurredAt);
    for (Account.SpendLimit limit : concerned(step.account, event)) {
      limit.spentByMonth.merge(month, BigInteger.valueOf(charged), BigInteger::add);
      judge(step, limit, month);
    }
  }

  private static List<Account.SpendLimit> concerned(Account account, JsonNode event) {
    List<Account.SpendLimit> limits = new ArrayList<>();
    for (Account.SpendLimit limit : account.spendLimits.values()) {
      boolean concerns =
          switch (limit.scope) {
            case "ACCOUNT" -> true;
            case "PROJECT" -> limit.scopeId.equals(Fields.optionalText(event, "projectId"));
            default -> limit.scopeId.equals(Fields.optionalText(event, "apiKeyId"));
          };
      if (concerns) {
        limits.add(limit);
      }
    }
    return limits;
  }

  private static void judge(Step step, Account.SpendLimit limit, String month) {
    if (reaches(limit, month, NEAR)) {
      alertOnce(step, limit, month, "SPEND_LIMIT_NEAR");
    }
    if (reaches(limit, month, HUNDRED)) {
      alertOnce(step, limit, month, "SPEND_LIMIT_REACHED");
    }
  }

  private static void alertOnce(Step step, Account.SpendLimit limit, String month, String type) {
    if (limit.alerted.put(type + month, true) == null) {
      step.alert(type, null, key(limit.scope, limit.scopeId) + ":" + month, null);
    }
  }

  private static boolean reaches(Account.SpendLimit limit, String month, BigInteger percent) {
    if (limit.limit == null) {
      return false;
    }
    BigInteger spent = limit.spentByMonth.getOrDefault(month, BigInteger.ZERO);
    BigInteger needed = BigInteger.valueOf(limit.limit).multiply(percent);
    return spent.multiply(HUNDRED).compareTo(needed) >= 0;
  }

  /** Whether a limit that blocks is reached for an authorization. */
  static boolean blocks(Account account, JsonNode event, long requestedAt) {
    String month = Times.month(requestedAt);
    return concerned(account, event).stream()
        .anyMatch(limit -> limit.blocks && reaches(limit, month, HUNDRED));
  }

  /** Whether the limit of the whole account blocks in the month of the given time. */
  static boolean accountIsBlocked(Account account, long now) {
    Account.SpendLimit limit = account.spendLimits.get("ACCOUNT:");
    return limit != null && limit.blocks && reaches(limit, Times.month(now), HUNDRED);
  }
}
