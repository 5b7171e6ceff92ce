package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What makes an event MALFORMED, and what is above a stated limit (§4). */
final class Validation {
  private static final int MAX_NAME = 128;
  private static final int MAX_ID_BYTES = 256;
  private static final int MAX_ITEMS = 64;

  private static final Set<String> TOKEN_METERS =
      Set.of("input", "cached_input", "cache_write", "output");

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private static final List<String> TIMES =
      List.of(
          "occurredAt",
          "requestedAt",
          "releasedAt",
          "openedAt",
          "verifiedAt",
          "effectiveAt",
          "expiresAt",
          "publishedAt");

  private static final List<String> TOKENS =
      List.of("inputTokens", "cachedInputTokens", "cacheWriteTokens", "outputTokens");

  private static final List<String> IDS =
      List.of(
          "accountId",
          "eventId",
          "authorizationId",
          "projectId",
          "apiKeyId",
          "paymentId",
          "rechargeId",
          "refundId",
          "disputeId",
          "grantId",
          "refundRequestId",
          "scopeId",
          "phoneHash",
          "identityHash",
          "cardFingerprint");

  private static final Map<String, List<String>> POSITIVE =
      Map.of(
          "PaymentSucceeded", List.of("amountNanos"),
          "PaymentRefunded", List.of("amountNanos"),
          "DisputeUpdated", List.of("amountNanos"),
          "CreditGranted", List.of("amountNanos"),
          "AuthorizationRequested", List.of("ttlMillis"));

  private static final Map<String, List<String>> NOT_NEGATIVE =
      Map.of(
          "PaymentFailed", List.of("amountNanos"),
          "AuthorizationRequested", List.of("amountNanos"),
          "AuthorizationReleased", List.of("settledUsage"),
          "AutoRechargeConfigured", List.of("monthlyLimitNanos"),
          "SpendLimitConfigured", List.of("monthlyLimitNanos"),
          "OverdraftConfigured", List.of("limitNanos"));

  private Validation() {}

  static void check(String type, JsonNode event) {
    demand(timesInRange(event), "MALFORMED", "a time before 1970 or after 9999");
    for (String id : IDS) {
      demand(!event.path(id).isTextual() || !event.path(id).asText().isEmpty(), "MALFORMED", id);
    }
    for (String field : TOKENS) {
      demand(Fields.number(event, field) >= 0, "MALFORMED", field);
    }
    for (String field : POSITIVE.getOrDefault(type, List.of())) {
      demand(Fields.number(event, field) > 0, "MALFORMED", field);
    }
    for (String field : NOT_NEGATIVE.getOrDefault(type, List.of())) {
      demand(Fields.number(event, field) >= 0, "MALFORMED", field);
    }
    event
        .path("otherUnits")
        .properties()
        .forEach(unit -> checkUnit(unit.getKey(), unit.getValue()));
    checkNames(type, event);
    checkByType(type, event);
    checkLimits(type, event);
  }

  private static void checkUnit(String meter, JsonNode quantity) {
    demand(isName(meter), "MALFORMED", "meter");
    demand(!TOKEN_METERS.contains(meter), "MALFORMED", meter + " belongs in its own field");
    demand(quantity.asLong() >= 0, "MALFORMED", meter);
  }

  private static void checkNames(String type, JsonNode event) {
    if (type.equals("UsageEvent") || event.path("model").isTextual()) {
      demand(isName(Fields.text(event, "model")), "MALFORMED", "model");
    }
    Fields.texts(event, "capabilities")
        .forEach(capability -> demand(isName(capability), "MALFORMED", "capability"));
  }

  private static void checkByType(String type, JsonNode event) {
    switch (type) {
      case "AuthorizationRequested" ->
          demand(
              event.path("model").isTextual() || event.path("amountNanos").isNumber(),
              "MALFORMED",
              "neither model nor amount");
      case "AutoRechargeConfigured" ->
          demand(
              Fields.number(event, "targetNanos") >= Fields.number(event, "thresholdNanos"),
              "MALFORMED",
              "target below threshold");
      case "AlertLevelsConfigured" ->
          event
              .path("levelsNanos")
              .forEach(level -> demand(level.asLong() > 0, "MALFORMED", "level"));
      case "SpendLimitConfigured" ->
          demand(
              Fields.text(event, "scope").equals("ACCOUNT") || event.path("scopeId").isTextual(),
              "MALFORMED",
              "a limit of a project or key needs its id");
      case "PaymentSucceeded", "PaymentFailed", "CreditGranted", "AccountOpened" ->
          demand(isCurrency(Fields.text(event, "currency")), "MALFORMED", "currency");
      default -> {}
    }
  }

  private static void checkLimits(String type, JsonNode event) {
    if (type.equals("PaymentSucceeded")) {
      return; // the money was taken
    }
    for (String id : IDS) {
      int bytes = Fields.text(event, id).getBytes(StandardCharsets.UTF_8).length;
      demand(bytes <= MAX_ID_BYTES, "LIMIT_EXCEEDED", id);
    }
    for (String list : List.of("otherUnits", "capabilities", "levelsNanos")) {
      demand(event.path(list).size() <= MAX_ITEMS, "LIMIT_EXCEEDED", list);
    }
  }

  /** Checks a record of the price book or of the access policies. */
  static void checkModel(Input input) {
    String key = input.key();
    demand(key != null && isName(key), "MALFORMED", "model");
    JsonNode event = input.value();
    if (event == null) {
      return; // a tombstone
    }
    demand(!Fields.text(event, "model").isEmpty(), "MALFORMED", "model");
    demand(Fields.text(event, "model").equals(key), "MISROUTED", "the key is not the model");
    demand(timesInRange(event), "MALFORMED", "a time before 1970 or after 9999");
    Fields.texts(event, "aliases").forEach(alias -> demand(isName(alias), "MALFORMED", "alias"));
    for (JsonNode row : event.path("rows")) {
      demand(timeInRange(row, "effectiveFrom"), "MALFORMED", "effectiveFrom");
      demand(isName(Fields.text(row, "meter")), "MALFORMED", "meter");
      demand(Fields.number(row, "nanosPerMillion") >= 0, "MALFORMED", "negative price");
      demand(Fields.number(row, "minInputTokens") >= 0, "MALFORMED", "negative band");
    }
    for (JsonNode requirement : event.path("requirements")) {
      demand(isName(Fields.text(requirement, "capability")), "MALFORMED", "capability");
      demand(!Fields.text(requirement, "policyId").isEmpty(), "MALFORMED", "policyId");
      for (String time : List.of("announcedAt", "effectiveFrom", "effectiveUntil")) {
        demand(timeInRange(requirement, time), "MALFORMED", time);
      }
    }
  }

  private static boolean timesInRange(JsonNode event) {
    return TIMES.stream().allMatch(field -> timeInRange(event, field));
  }

  private static boolean timeInRange(JsonNode event, String field) {
    Long time = Fields.optionalTime(event, field);
    return time == null || (time >= 0 && time <= Times.LAST);
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && name.length() <= MAX_NAME;
  }

  private static boolean isCurrency(String code) {
    return CURRENCIES.contains(code);
  }

  private static void demand(boolean holds, String reason, String detail) {
    if (!holds) {
      throw new Rejection(reason, detail);
    }
  }
}
