package io.tollgate.simulator.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events with every field present, at their defaults where nothing else is said. */
public final class Events {
  private Events() {}

  public static ObjectNode usage(String eventId, String account, String occurredAt, String model) {
    ObjectNode event = Lines.object();
    event.put("eventId", eventId);
    event.put("accountId", account);
    event.put("occurredAt", occurredAt);
    event.put("model", model);
    event.putArray("capabilities");
    event.put("serviceTier", "standard");
    putTokens(event);
    event.putNull("authorizationId");
    event.putNull("projectId");
    event.putNull("apiKeyId");
    event.putNull("source");
    event.putNull("sequence");
    event.put("completion", "COMPLETE");
    event.put("usageSource", "PROVIDER");
    return event;
  }

  private static void putTokens(ObjectNode event) {
    event.put("inputTokens", 0L);
    event.put("cachedInputTokens", 0L);
    event.put("cacheWriteTokens", 0L);
    event.put("outputTokens", 0L);
    event.putObject("otherUnits");
  }

  public static ObjectNode authorization(
      String id, String account, String requestedAt, @Nullable String model) {
    ObjectNode event = Lines.object();
    event.put("authorizationId", id);
    event.put("accountId", account);
    event.put("requestedAt", requestedAt);
    event.put("purpose", "REQUEST");
    event.put("model", model);
    event.putArray("capabilities");
    event.put("serviceTier", "standard");
    putTokens(event);
    event.putNull("amountNanos");
    event.put("ttlMillis", 600_000L);
    event.putNull("projectId");
    event.putNull("apiKeyId");
    return event;
  }

  public static ObjectNode release(
      String id, String account, String releasedAt, @Nullable Long settledUsage) {
    ObjectNode event = Lines.object();
    event.put("authorizationId", id);
    event.put("accountId", account);
    event.put("releasedAt", releasedAt);
    event.put("settledUsage", settledUsage);
    return event;
  }

  public static ObjectNode purchase(
      String paymentId, String account, String occurredAt, long amount) {
    ObjectNode event = Lines.object();
    event.put("paymentId", paymentId);
    event.put("accountId", account);
    event.put("amountNanos", amount);
    event.put("currency", "USD");
    event.put("occurredAt", occurredAt);
    event.putNull("rechargeId");
    event.putNull("attempt");
    event.putNull("cardFingerprint");
    event.putArray("intendedModels");
    return event;
  }

  public static ObjectNode decline(
      String paymentId, String account, String occurredAt, long amount, String code) {
    ObjectNode event = Lines.object();
    event.put("paymentId", paymentId);
    event.put("accountId", account);
    event.put("amountNanos", amount);
    event.put("currency", "USD");
    event.put("occurredAt", occurredAt);
    event.putNull("rechargeId");
    event.putNull("attempt");
    event.put("declineCode", code);
    event.putNull("adviceCode");
    event.putNull("networkAdviceCode");
    event.putNull("cardFingerprint");
    return event;
  }

  public static ObjectNode refund(
      String refundId, String paymentId, String account, String at, long amount, String status) {
    return reversal("refundId", refundId, paymentId, account, at, amount, status);
  }

  public static ObjectNode dispute(
      String disputeId, String paymentId, String account, String at, long amount, String status) {
    return reversal("disputeId", disputeId, paymentId, account, at, amount, status);
  }

  private static ObjectNode reversal(
      String idField,
      String id,
      String paymentId,
      String account,
      String occurredAt,
      long amount,
      String status) {
    ObjectNode event = Lines.object();
    event.put(idField, id);
    event.put("paymentId", paymentId);
    event.put("accountId", account);
    event.put("amountNanos", amount);
    event.put("status", status);
    event.put("occurredAt", occurredAt);
    return event;
  }

  public static ObjectNode issuerCleared(String account, String occurredAt, @Nullable String card) {
    ObjectNode event = setting(account, occurredAt);
    event.put("cardFingerprint", card);
    return event;
  }

  /** A setting with nothing but account and time. */
  public static ObjectNode setting(String account, String occurredAt) {
    ObjectNode event = Lines.object();
    event.put("accountId", account);
    event.put("occurredAt", occurredAt);
    return event;
  }

  public static ObjectNode opened(String account, String openedAt, String currency) {
    ObjectNode event = Lines.object();
    event.put("accountId", account);
    event.put("openedAt", openedAt);
    event.put("currency", currency);
    event.putNull("country");
    event.put("buyerType", "BUSINESS");
    return event;
  }

  public static ObjectNode phone(String account, String verifiedAt, String phoneHash) {
    ObjectNode event = Lines.object();
    event.put("accountId", account);
    event.put("phoneHash", phoneHash);
    event.put("verifiedAt", verifiedAt);
    return event;
  }

  public static ObjectNode verification(
      String account, String occurredAt, String status, @Nullable String identityHash) {
    ObjectNode event = setting(account, occurredAt);
    event.put("status", status);
    event.put("identityHash", identityHash);
    event.putNull("reason");
    return event;
  }

  public static ObjectNode suspension(String account, String occurredAt) {
    ObjectNode event = setting(account, occurredAt);
    event.putNull("reason");
    return event;
  }

  public static ObjectNode recharge(
      String account,
      String occurredAt,
      boolean enabled,
      long threshold,
      long target,
      @Nullable Long monthlyLimit) {
    ObjectNode event = setting(account, occurredAt);
    event.put("enabled", enabled);
    event.put("thresholdNanos", threshold);
    event.put("targetNanos", target);
    event.put("monthlyLimitNanos", monthlyLimit);
    return event;
  }

  public static ObjectNode alertLevels(String account, String occurredAt, List<Long> levels) {
    ObjectNode event = setting(account, occurredAt);
    ArrayNode array = event.putArray("levelsNanos");
    levels.forEach(array::add);
    return event;
  }

  public static ObjectNode spendLimit(
      String account,
      String occurredAt,
      String scope,
      @Nullable String scopeId,
      @Nullable Long limit,
      String enforcement) {
    ObjectNode event = setting(account, occurredAt);
    event.put("scope", scope);
    event.put("scopeId", scopeId);
    event.put("monthlyLimitNanos", limit);
    event.put("enforcement", enforcement);
    return event;
  }

  public static ObjectNode overdraft(String account, String occurredAt, long limit) {
    ObjectNode event = setting(account, occurredAt);
    event.put("limitNanos", limit);
    return event;
  }

  public static ObjectNode grant(
      String grantId,
      String account,
      String occurredAt,
      long amount,
      String effectiveAt,
      @Nullable String expiresAt) {
    ObjectNode event = setting(account, occurredAt);
    event.put("grantId", grantId);
    event.put("kind", "PROMOTIONAL");
    event.put("amountNanos", amount);
    event.put("currency", "USD");
    event.put("effectiveAt", effectiveAt);
    event.put("expiresAt", expiresAt);
    event.putNull("priority");
    event.putNull("reason");
    return event;
  }

  public static ObjectNode grantVoided(String grantId, String account, String occurredAt) {
    ObjectNode event = setting(account, occurredAt);
    event.put("grantId", grantId);
    event.putNull("reason");
    return event;
  }

  public static ObjectNode refundRequest(
      String id, String account, String occurredAt, String paymentId, String basis) {
    ObjectNode event = setting(account, occurredAt);
    event.put("refundRequestId", id);
    event.put("paymentId", paymentId);
    event.put("basis", basis);
    return event;
  }

  public static ObjectNode prices(String model, String publishedAt, List<String> aliases) {
    ObjectNode event = Lines.object();
    event.put("model", model);
    ArrayNode names = event.putArray("aliases");
    aliases.forEach(names::add);
    event.putArray("rows");
    event.put("publishedAt", publishedAt);
    event.put("version", 1L);
    return event;
  }

  public static void addRow(
      ObjectNode prices, String meter, String tier, long band, long price, String from) {
    ObjectNode row = prices.withArray("rows").addObject();
    row.put("meter", meter);
    row.put("serviceTier", tier);
    row.put("minInputTokens", band);
    row.put("nanosPerMillion", price);
    row.put("effectiveFrom", from);
  }

  public static ObjectNode policy(String model) {
    ObjectNode event = Lines.object();
    event.put("model", model);
    event.putArray("requirements");
    event.put("version", 1L);
    return event;
  }

  public static void addRequirement(
      ObjectNode policy,
      String capability,
      String policyId,
      String announcedAt,
      String from,
      @Nullable String until) {
    ObjectNode requirement = policy.withArray("requirements").addObject();
    requirement.put("capability", capability);
    requirement.put("requires", "VERIFIED_ORGANIZATION");
    requirement.put("policyId", policyId);
    requirement.put("announcedAt", announcedAt);
    requirement.put("effectiveFrom", from);
    requirement.put("effectiveUntil", until);
  }
}
