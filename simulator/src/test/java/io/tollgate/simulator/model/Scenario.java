package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.simulator.history.Events;
import io.tollgate.simulator.history.Lines;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One account {@code org} with a model {@code m} of one nano a token, told step by step, with all
 * that came of it.
 */
final class Scenario {
  static final long DOLLAR = 1_000_000_000L;
  static final String ORG = "org";

  private final ReferenceModel model = new ReferenceModel(ModelOptions.fromResources());
  private List<ObjectNode> caused = new ArrayList<>();
  private String now = "2026-01-01T00:00:00.000Z";
  private int ids;

  Scenario() {
    ObjectNode prices = Events.prices("m", now, List.of());
    Events.addRow(prices, "input", "standard", 0, 1_000_000, "2020-01-01T00:00:00.000Z");
    Events.addRow(prices, "output", "standard", 0, 400_000, "2020-01-01T00:00:00.000Z");
    modelRecord("price-book", "ModelPrices", prices);
  }

  Scenario at(String time) {
    now = time;
    return this;
  }

  String now() {
    return now;
  }

  Scenario modelRecord(String topic, String type, ObjectNode value) {
    return line(Lines.record(topic, type, value.path("model").asText(), now, value));
  }

  Scenario send(String topic, String type, ObjectNode value) {
    return line(Lines.record(topic, type, value.path("accountId").asText(), now, value));
  }

  Scenario line(ObjectNode line) {
    caused = model.apply(line);
    return this;
  }

  Scenario advanceTo(String time) {
    now = time;
    ObjectNode line = Lines.parse("{}");
    line.put("advanceTo", time);
    return line(line);
  }

  Scenario purchase(String id, long nanos) {
    return send("payment-events", "PaymentSucceeded", Events.purchase(id, ORG, now, nanos));
  }

  Scenario grant(String id, long nanos, String effectiveAt, @Nullable String expiresAt) {
    return send(
        "account-events",
        "CreditGranted",
        Events.grant(id, ORG, now, nanos, effectiveAt, expiresAt));
  }

  /** Usage that costs so many nanos. */
  Scenario usage(long nanos) {
    return usage(usageOf(nanos));
  }

  Scenario usage(ObjectNode event) {
    return send("usage-events", "UsageEvent", event);
  }

  ObjectNode usageOf(long nanos) {
    return Events.usage("e" + ++ids, ORG, now, "m").put("inputTokens", nanos);
  }

  Scenario authorize(String id, long nanos) {
    return send(
        "authorization-requests",
        "AuthorizationRequested",
        Events.authorization(id, ORG, now, "m").put("inputTokens", nanos));
  }

  Scenario recharge(long threshold, long target, @Nullable Long monthlyLimit) {
    return send(
        "account-events",
        "AutoRechargeConfigured",
        Events.recharge(ORG, now, true, threshold, target, monthlyLimit));
  }

  /** Everything of a type that the last line caused. */
  List<JsonNode> all(String type) {
    return caused.stream()
        .filter(line -> line.path("type").asText().equals(type))
        .map(line -> line.path("value"))
        .toList();
  }

  /** The only record of a type that the last line caused. */
  JsonNode the(String type) {
    List<JsonNode> found = all(type);
    if (found.size() != 1) {
      throw new AssertionError("not one " + type + " but " + caused);
    }
    return found.get(0);
  }

  /** The types of the alerts that the last line caused. */
  List<String> alerts() {
    return all("BalanceAlert").stream().map(alert -> alert.path("type").asText()).toList();
  }

  /** The reasons of what the last line had rejected. */
  List<String> rejections() {
    return all("RejectedEvent").stream().map(event -> event.path("reason").asText()).toList();
  }

  List<ObjectNode> caused() {
    return caused;
  }

  JsonNode balance() {
    return model.finish().get(0).path("value");
  }

  long posted() {
    return balance().path("postedNanos").asLong();
  }
}
