package io.tollgate.simulator.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The records that a random history is made of, one kind after the other by chance. */
final class Operations {
  private static final long DOLLAR = 1_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** One nano a token, so that usage can meet a balance exactly. */
  private static final String EXACT = "exact";

  private static final List<String> MODELS = List.of(EXACT, "large", "small");
  private static final List<String> NAMES =
      List.of(EXACT, "large", "small", "latest", "cheap", "ghost");
  private static final List<String> CAPABILITIES = List.of("vision", "tools");
  private static final List<String> CARDS = List.of("card-1", "card-2");
  private static final List<String> CODES =
      List.of(
          "insufficient_funds",
          "do_not_honor",
          "expired_card",
          "stolen_card",
          "never_heard_of",
          "try_again_later");

  private final Dice dice;
  private final Horizon horizon;
  private final Set<Feature> features;
  private final Map<String, Long> posted;
  private final Malformations malformations;
  private final List<String> accounts = new ArrayList<>();
  private final Map<Supplier<ObjectNode>, Integer> weights = new LinkedHashMap<>();
  private final List<JsonNode> recharges = new ArrayList<>();
  private final List<JsonNode> authorizations = new ArrayList<>();
  private final List<ObjectNode> payments = new ArrayList<>();
  private final List<ObjectNode> grants = new ArrayList<>();
  private long now;
  private int ids;

  Operations(Dice dice, Horizon horizon, Set<Feature> features, Map<String, Long> posted) {
    this.dice = dice;
    this.horizon = horizon;
    this.features = features;
    this.posted = posted;
    this.malformations = new Malformations(dice);
    for (int i = 0; i <= dice.below(4); i++) {
      accounts.add("org-" + (char) ('a' + i));
    }
    offer(Feature.USAGE, 42, this::usage);
    offer(Feature.USAGE, 3, this::prices);
    offer(Feature.PURCHASES, 9, this::purchase);
    offer(Feature.PURCHASES, 1, this::opened);
    offer(Feature.GRANTS, 6, this::grant);
    offer(Feature.GRANTS, 2, this::grantVoided);
    offer(Feature.GATE, 5, this::policy);
    offer(Feature.GATE, 3, this::verification);
    offer(Feature.SUSPENSION, 3, this::suspension);
    offer(Feature.ALERT_LEVELS, 3, this::alertLevels);
    offer(Feature.OVERDRAFT, 2, this::overdraft);
    offer(Feature.RECHARGE, 4, this::rechargeConfigured);
    offer(Feature.RECHARGE, 5, this::rechargeSucceeded);
    offer(Feature.DECLINES, 8, this::declined);
    offer(Feature.DECLINES, 2, this::issuerCleared);
    offer(Feature.REVERSALS, 5, this::refund);
    offer(Feature.REVERSALS, 5, this::dispute);
    offer(Feature.TRIALS, 2, this::phone);
    offer(Feature.IDENTITY_CLAIMS, 4, this::identity);
    offer(Feature.AUTHORIZATIONS, 14, this::authorization);
    offer(Feature.AUTHORIZATIONS, 5, this::release);
    offer(Feature.SPEND_LIMITS, 4, this::spendLimit);
    offer(Feature.REFUND_DECISIONS, 3, this::refundRequest);
  }

  private void offer(Feature feature, int weight, Supplier<ObjectNode> operation) {
    if (features.contains(feature)) {
      weights.put(operation, weight);
    }
  }

  /** What every history starts with: prices. */
  List<ObjectNode> opening(long time) {
    now = time;
    List<ObjectNode> opening = new ArrayList<>();
    if (features.contains(Feature.USAGE)) {
      MODELS.forEach(model -> opening.add(pricesOf(model, now - 400 * DAY)));
    }
    return opening;
  }

  ObjectNode next(long time) {
    now = time;
    ObjectNode line = choose().get();
    if (dice.percent(4)) {
      malformations.spoil(line);
    }
    return line;
  }

  private Supplier<ObjectNode> choose() {
    int ticket = dice.below(weights.values().stream().mapToInt(Integer::intValue).sum());
    for (Map.Entry<Supplier<ObjectNode>, Integer> offer : weights.entrySet()) {
      ticket -= offer.getValue();
      if (ticket < 0) {
        return offer.getKey();
      }
    }
    throw new IllegalStateException("a ticket is below the sum of the weights");
  }

  void learnRecharge(JsonNode request) {
    recharges.add(request);
  }

  void learnAuthorization(JsonNode decision) {
    authorizations.add(decision);
  }

  /** Changes one field that belongs to the content of an event. */
  void changeContent(ObjectNode event) {
    if (event.has("inputTokens")) {
      event.put("inputTokens", event.path("inputTokens").asLong() + 1);
    } else if (event.has("amountNanos")) {
      event.put("amountNanos", event.path("amountNanos").asLong() + 1);
    } else if (event.has("settledUsage")) {
      event.put("settledUsage", event.path("settledUsage").asLong() + 1);
    } else if (event.has("reason")) {
      event.put("reason", "another reason");
    }
  }

  private String account() {
    return dice.oneOf(accounts);
  }

  private String newId(String prefix) {
    return prefix + "-" + ++ids;
  }

  /** An own time: mostly now, sometimes earlier or a little ahead. */
  private String ownTime() {
    return Lines.iso(ownMillis());
  }

  private long ownMillis() {
    int choice = dice.below(100);
    if (choice < 60) {
      return now;
    } else if (choice < 80) {
      return now - dice.between(0, 10 * MINUTE);
    } else if (choice < 90) {
      return now - dice.between(0, 3 * DAY);
    }
    return now + dice.oneOf(1L, -1L, HOUR, HOUR - 1, -DAY, MINUTE);
  }

  private String usageTime() {
    if (dice.percent(6)) {
      return Lines.iso(
          now + dice.oneOf(-35 * DAY, -35 * DAY - 1, -35 * DAY + 1, HOUR, HOUR + 1, -30 * DAY));
    }
    return ownTime();
  }

  private long amount() {
    if (dice.percent(1)) {
      return dice.oneOf(Long.MAX_VALUE, Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE - 20 * DOLLAR);
    }
    return dice.oneOf(
        1L,
        DOLLAR,
        5 * DOLLAR,
        5 * DOLLAR + DOLLAR / 2,
        10 * DOLLAR,
        dice.between(1, 3 * DOLLAR),
        dice.between(1, 30 * DOLLAR));
  }

  private long postedOf(String account) {
    return posted.getOrDefault(account, 0L);
  }

  private ObjectNode onAccount(String topic, String type, ObjectNode event) {
    return Lines.record(topic, type, event.path("accountId").asText(), Lines.iso(now), event);
  }

  private ObjectNode usage() {
    String account = account();
    ObjectNode event = Events.usage(newId("e"), account, usageTime(), dice.oneOf(NAMES));
    if (dice.percent(40)) {
      event.put("model", EXACT);
      event.put("inputTokens", exactCost(account));
    } else {
      fillQuantities(event);
    }
    if (dice.percent(25)) {
      event.withArray("capabilities").add(dice.oneOf(CAPABILITIES));
    }
    if (dice.percent(10)) {
      event.put("serviceTier", dice.oneOf("priority", "priority", "batch"));
    }
    if (dice.percent(10)) {
      event.put("completion", dice.oneOf("FAILED", "ABORTED"));
    }
    nameScopes(event);
    if (!authorizations.isEmpty() && dice.percent(60)) {
      JsonNode decision = recent(authorizations);
      event.put("accountId", decision.path("accountId").asText());
      event.put("authorizationId", decision.path("authorizationId").asText());
    }
    return onAccount("usage-events", "UsageEvent", event);
  }

  private <T> T recent(List<T> all) {
    return all.get(Math.max(0, all.size() - 1 - dice.below(6)));
  }

  /** A cost that meets zero, an alert level or the overdraft limit exactly, or misses it by one. */
  private long exactCost(String account) {
    long aim = dice.oneOf(0L, DOLLAR, 5 * DOLLAR, -DOLLAR, 2 * DOLLAR, 3 * DOLLAR);
    long cost = postedOf(account) - aim + dice.oneOf(0L, 0L, 1L, -1L);
    return cost > 0 && cost < 1_000 * DOLLAR ? cost : dice.between(0, DOLLAR);
  }

  private void fillQuantities(ObjectNode event) {
    long scale = dice.oneOf(10L, 1_000L, 100_000L);
    event.put("inputTokens", dice.oneOf(0L, dice.between(0, scale), 1_000L, 1_001L));
    event.put("cachedInputTokens", dice.percent(30) ? dice.between(0, scale) : 0);
    event.put("cacheWriteTokens", dice.percent(15) ? dice.between(0, scale) : 0);
    event.put("outputTokens", dice.percent(60) ? dice.between(0, scale) : 0);
    if (dice.percent(15)) {
      event.withObjectProperty("otherUnits").put("image", dice.between(0, 3));
    }
    if (dice.percent(3)) {
      event.withObjectProperty("otherUnits").put("audio", dice.between(0, 2));
    }
    if (dice.percent(1)) {
      event.put("outputTokens", Long.MAX_VALUE);
    }
  }

  private void nameScopes(ObjectNode event) {
    if (dice.percent(30)) {
      event.put("projectId", dice.oneOf("p1", "p2"));
    }
    if (dice.percent(20)) {
      event.put("apiKeyId", "k1");
    }
  }

  private ObjectNode prices() {
    String model = dice.oneOf(MODELS);
    if (dice.percent(5)) {
      return Lines.record("price-book", "ModelPrices", model, Lines.iso(now), null);
    }
    return pricesOf(model, now - dice.oneOf(0L, DAY, -HOUR));
  }

  private ObjectNode pricesOf(String model, long from) {
    ObjectNode prices = Events.prices(model, Lines.iso(now), aliasesOf(model));
    String since = Lines.iso(Math.max(0, now - 400 * DAY));
    if (model.equals(EXACT)) {
      Events.addRow(prices, "input", "standard", 0, 1_000_000, since);
    } else {
      long base = dice.oneOf(1_250_000_000L, 40_000_000L, 3_625_001L, 1L, 999_999L);
      for (String meter : List.of("input", "cached_input", "output", "image")) {
        Events.addRow(prices, meter, "standard", 0, base, since);
      }
      Events.addRow(prices, "input", "priority", 0, base * 2, since);
      Events.addRow(prices, "input", "standard", 1_000, base * 3, since);
      if (dice.percent(50)) {
        Events.addRow(prices, "input", "standard", 0, base + 7, Lines.iso(from));
        horizon.add(from);
      }
      if (dice.percent(50)) {
        Events.addRow(prices, "cache_write", "standard", 0, base, since);
      }
    }
    return Lines.record("price-book", "ModelPrices", model, Lines.iso(now), prices);
  }

  private List<String> aliasesOf(String model) {
    return switch (model) {
      case "large" -> List.of("latest", "cheap");
      case "small" -> dice.percent(50) ? List.of("cheap") : List.of("latest", EXACT);
      default -> List.of();
    };
  }

  private ObjectNode policy() {
    String model = dice.oneOf("large", "small", "latest");
    if (dice.percent(25)) {
      return Lines.record("access-policies", "ModelAccessPolicy", model, Lines.iso(now), null);
    }
    ObjectNode policy = Events.policy(model);
    for (int i = 0; i <= dice.below(2); i++) {
      long from = now + dice.oneOf(0L, -DAY, HOUR, 1L, MINUTE);
      Long until = dice.percent(40) ? from + dice.oneOf(MINUTE, HOUR, DAY, 0L) : null;
      horizon.add(from);
      Events.addRequirement(
          policy,
          dice.oneOf("*", "vision", "tools"),
          dice.oneOf("pol-1", "pol-2", "pol-3"),
          Lines.iso(now - dice.oneOf(0L, DAY, 60 * DAY)),
          Lines.iso(from),
          until == null ? null : Lines.iso(until));
    }
    return Lines.record("access-policies", "ModelAccessPolicy", model, Lines.iso(now), policy);
  }

  private ObjectNode verification() {
    String status =
        dice.oneOf("VERIFIED", "VERIFIED", "PENDING", "FAILED", "REVOKED", "REVOKED", "UNVERIFIED");
    return onAccount(
        "account-events",
        "VerificationUpdated",
        Events.verification(account(), ownTime(), status, null));
  }

  private ObjectNode identity() {
    return onAccount(
        "account-events",
        "VerificationUpdated",
        Events.verification(account(), ownTime(), "VERIFIED", dice.oneOf("id-1", "id-2")));
  }

  private ObjectNode suspension() {
    String type = dice.percent(35) ? "AccountSuspended" : "AccountReinstated";
    return onAccount("account-events", type, Events.suspension(account(), ownTime()));
  }

  private ObjectNode alertLevels() {
    List<Long> levels = new ArrayList<>();
    for (int i = 0; i < dice.below(4); i++) {
      levels.add(dice.oneOf(DOLLAR, 2 * DOLLAR, 5 * DOLLAR, 10 * DOLLAR, 1L, 15L));
    }
    return onAccount(
        "account-events",
        "AlertLevelsConfigured",
        Events.alertLevels(account(), ownTime(), levels));
  }

  private ObjectNode overdraft() {
    long limit = dice.oneOf(0L, 1L, DOLLAR, 3 * DOLLAR);
    return onAccount(
        "account-events", "OverdraftConfigured", Events.overdraft(account(), ownTime(), limit));
  }

  private ObjectNode purchase() {
    String account = account();
    long time = ownMillis();
    if (dice.percent(12)) {
      // Bought a year ago, to the millisecond: the lot is expiring, or has.
      time = now - 365 * DAY + dice.oneOf(0L, 1L, -1L, DAY, 7 * DAY, 30 * DAY, -HOUR, -HOUR / 2);
    }
    ObjectNode event = Events.purchase(newId("pay"), account, Lines.iso(time), amount());
    if (features.contains(Feature.DECLINES) && dice.percent(70)) {
      event.put("cardFingerprint", dice.oneOf(CARDS));
    }
    if (dice.percent(3)) {
      event.put("currency", "EUR");
    }
    payments.add(event);
    return onAccount("payment-events", "PaymentSucceeded", event);
  }

  private ObjectNode opened() {
    ObjectNode event = Events.opened(account(), ownTime(), dice.oneOf("USD", "USD", "EUR"));
    event.put("country", dice.oneOf("DE", "US"));
    event.put("buyerType", dice.oneOf("CONSUMER", "BUSINESS"));
    return onAccount("account-events", "AccountOpened", event);
  }

  private ObjectNode grant() {
    long effectiveAt =
        now + dice.oneOf(0L, 0L, -DAY, 1L, dice.between(1, 2 * HOUR), dice.between(1, 9 * DAY));
    horizon.add(effectiveAt);
    Long expiresAt =
        dice.percent(25)
            ? null
            : now
                + dice.oneOf(
                    0L,
                    -1L,
                    1L,
                    dice.between(1, 2 * HOUR),
                    DAY,
                    7 * DAY,
                    7 * DAY + 1,
                    dice.between(1, 31 * DAY),
                    -HOUR);
    ObjectNode event =
        Events.grant(
            newId("g"),
            account(),
            ownTime(),
            Math.min(amount(), 1_000 * DOLLAR),
            Lines.iso(effectiveAt),
            expiresAt == null ? null : Lines.iso(expiresAt));
    event.put("kind", dice.oneOf("PROMOTIONAL", "COMPENSATION", "TRIAL"));
    if (dice.percent(30)) {
      event.put("priority", dice.oneOf(10L, 50L, 90L));
    }
    if (dice.percent(3)) {
      event.put("currency", "EUR");
    }
    grants.add(event);
    return onAccount("account-events", "CreditGranted", event);
  }

  private ObjectNode grantVoided() {
    // Now and then the void is there before its grant, whose id is the next one to come.
    boolean early = grants.isEmpty() || dice.percent(25);
    String grantId = early ? "g-" + (ids + 1) : recent(grants).path("grantId").asText();
    String account = early ? account() : recent(grants).path("accountId").asText();
    return onAccount(
        "account-events", "CreditVoided", Events.grantVoided(grantId, account, ownTime()));
  }

  private ObjectNode rechargeConfigured() {
    String account = account();
    long posted = Math.min(Math.max(postedOf(account), 0), 1_000 * DOLLAR);
    long threshold =
        dice.oneOf(DOLLAR, 5 * DOLLAR, posted, posted + 1, Math.max(0, posted - 1), 0L);
    long target = threshold + dice.oneOf(0L, 5 * DOLLAR, 20 * DOLLAR, 1L);
    Long limit =
        dice.percent(50)
            ? null
            : dice.oneOf(0L, 5 * DOLLAR, 5 * DOLLAR - 1, 12 * DOLLAR, 60 * DOLLAR);
    return onAccount(
        "account-events",
        "AutoRechargeConfigured",
        Events.recharge(account, ownTime(), dice.percent(80), threshold, target, limit));
  }

  private ObjectNode rechargeSucceeded() {
    if (recharges.isEmpty()) {
      return purchase();
    }
    JsonNode request = recent(recharges);
    ObjectNode event =
        Events.purchase(
            newId("pay"),
            request.path("accountId").asText(),
            ownTime(),
            dice.percent(80) ? request.path("amountNanos").asLong() : amount());
    event.put("currency", request.path("currency").asText());
    name(event, request);
    if (features.contains(Feature.DECLINES) && dice.percent(60)) {
      event.put("cardFingerprint", dice.oneOf(CARDS));
    }
    payments.add(event);
    return onAccount("payment-events", "PaymentSucceeded", event);
  }

  private void name(ObjectNode event, JsonNode request) {
    String rechargeId = request.path("rechargeId").asText();
    event.put("rechargeId", dice.percent(93) ? rechargeId : rechargeId + "0");
    event.put("attempt", request.path("attempt").asLong() + (dice.percent(90) ? 0 : 1));
  }

  private ObjectNode declined() {
    ObjectNode event =
        Events.decline(newId("pay"), account(), ownTime(), 5 * DOLLAR, dice.oneOf(CODES));
    if (!recharges.isEmpty() && dice.percent(85)) {
      JsonNode request = recharges.get(recharges.size() - 1);
      event.put("accountId", request.path("accountId").asText());
      event.put("currency", request.path("currency").asText());
      event.put("amountNanos", request.path("amountNanos").asLong());
      name(event, request);
    }
    if (dice.percent(25)) {
      event.put("networkAdviceCode", dice.oneOf("03", "02", "24", "99"));
    }
    if (dice.percent(15)) {
      event.put("adviceCode", dice.oneOf("try_again_later", "confirm_card_data", "what"));
    }
    if (dice.percent(70)) {
      event.put("cardFingerprint", dice.oneOf(CARDS));
    }
    return onAccount("payment-events", "PaymentFailed", event);
  }

  private ObjectNode issuerCleared() {
    return onAccount(
        "payment-events",
        "IssuerCleared",
        Events.issuerCleared(account(), ownTime(), dice.percent(50) ? null : dice.oneOf(CARDS)));
  }

  private ObjectNode refund() {
    ReversalSubject subject = reversalSubject();
    return onAccount(
        "payment-events",
        "PaymentRefunded",
        Events.refund(
            "ref-" + dice.below(3) + "-" + subject.payment(),
            subject.payment(),
            subject.account(),
            ownTime(),
            subject.amount(),
            dice.oneOf("PENDING", "SUCCEEDED", "SUCCEEDED", "FAILED", "FAILED")));
  }

  private ObjectNode dispute() {
    ReversalSubject subject = reversalSubject();
    return onAccount(
        "payment-events",
        "DisputeUpdated",
        Events.dispute(
            "dis-" + dice.below(4) + "-" + subject.payment(),
            subject.payment(),
            subject.account(),
            ownTime(),
            subject.amount(),
            dice.oneOf("INQUIRY", "OPEN", "OPEN", "WON", "LOST")));
  }

  private ReversalSubject reversalSubject() {
    if (payments.isEmpty() || dice.percent(10)) {
      return new ReversalSubject(account(), "pay-" + (ids + 1), 2 * DOLLAR);
    }
    ObjectNode payment = recent(payments);
    long amount = Math.max(1, payment.path("amountNanos").asLong());
    return new ReversalSubject(
        payment.path("accountId").asText(),
        payment.path("paymentId").asText(),
        dice.oneOf(amount, Math.max(1, amount / 2), Math.max(1, amount / 3), 1L));
  }

  private ObjectNode phone() {
    return onAccount(
        "account-events",
        "PhoneVerified",
        Events.phone(account(), ownTime(), "phone-" + dice.below(4)));
  }

  private ObjectNode authorization() {
    String account = account();
    @Nullable String model = dice.percent(85) ? dice.oneOf(NAMES) : null;
    String at = dice.percent(5) ? Lines.iso(now + dice.oneOf(-DAY, -DAY - 1, HOUR + 1)) : ownTime();
    ObjectNode event = Events.authorization(newId("auth"), account, at, model);
    if (model == null || dice.percent(15)) {
      event.put("amountNanos", dice.oneOf(0L, 1L, DOLLAR, Math.max(0, postedOf(account))));
    } else if (model.equals(EXACT)) {
      event.put("inputTokens", exactCost(account));
    } else {
      fillQuantities(event);
    }
    if (dice.percent(30)) {
      event.put("purpose", "LEASE");
    }
    if (dice.percent(30)) {
      event.withArray("capabilities").add(dice.oneOf(CAPABILITIES));
    }
    event.put("ttlMillis", dice.oneOf(1L, 1_000L, 600_000L, 2 * HOUR));
    nameScopes(event);
    return onAccount("authorization-requests", "AuthorizationRequested", event);
  }

  private ObjectNode release() {
    if (authorizations.isEmpty()) {
      return authorization();
    }
    JsonNode decision = recent(authorizations);
    return onAccount(
        "authorization-requests",
        "AuthorizationReleased",
        Events.release(
            decision.path("authorizationId").asText(),
            decision.path("accountId").asText(),
            ownTime(),
            dice.percent(40) ? null : dice.between(0, 2)));
  }

  private ObjectNode spendLimit() {
    String scope = dice.oneOf("ACCOUNT", "PROJECT", "API_KEY");
    String scopeId =
        switch (scope) {
          case "PROJECT" -> dice.oneOf("p1", "p2");
          case "API_KEY" -> "k1";
          default -> null;
        };
    Long limit = dice.percent(15) ? null : dice.oneOf(0L, 1L, DOLLAR, 5 * DOLLAR, 20 * DOLLAR);
    return onAccount(
        "account-events",
        "SpendLimitConfigured",
        Events.spendLimit(
            account(), ownTime(), scope, scopeId, limit, dice.oneOf("ALERT", "BLOCK")));
  }

  private ObjectNode refundRequest() {
    ReversalSubject subject = reversalSubject();
    return onAccount(
        "account-events",
        "RefundRequested",
        Events.refundRequest(
            newId("rr"),
            subject.account(),
            ownTime(),
            subject.payment(),
            dice.oneOf(
                "DUPLICATE_PAYMENT",
                "POLICY_CHANGE_STRANDED",
                "EU_WITHDRAWAL",
                "BILLING_ERROR",
                "OTHER")));
  }

  /** The payment that a refund, a dispute or a refund request is about. */
  private record ReversalSubject(String account, String payment, long amount) {}
}
