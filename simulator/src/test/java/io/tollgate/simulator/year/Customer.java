package io.tollgate.simulator.year;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.BalanceAlert;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.simulator.OutputRecord;
import io.tollgate.simulator.history.Dice;
import io.tollgate.simulator.history.Events;
import io.tollgate.simulator.history.Lines;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One account's owner: opens it on the first day, then uses it by habit and acts on what it hears.
 */
final class Customer {

  static final long SECOND = 1_000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  static final long DOLLAR = 1_000_000_000L;
  static final String GATED_MODEL = "frontier";
  static final List<String> MODELS = List.of("small", "large", GATED_MODEL);

  private static final String ACCOUNTS = TopicCatalogue.ACCOUNT_EVENTS.name();
  private static final String PAYMENTS = TopicCatalogue.PAYMENT_EVENTS.name();
  private static final String AUTHORIZATIONS = TopicCatalogue.AUTHORIZATION_REQUESTS.name();
  private static final String USAGE = TopicCatalogue.USAGE_EVENTS.name();

  /** So many owners of bad cards share one. */
  private static final int OWNERS_OF_A_BAD_CARD = 4;

  private final VirtualYear year;
  private final String id;
  private final Dice dice;
  private final Habits habits;
  private final String card;
  private final MoneyBack moneyBack;
  private int made;

  Customer(VirtualYear year, String id, int number, long seed) {
    this.year = year;
    this.id = id;
    this.dice = new Dice(seed);
    this.habits = Habits.of(dice);
    this.card =
        habits.hasBadCard() ? "bad-card-" + number / 10 / OWNERS_OF_A_BAD_CARD : "card-" + number;
    this.moneyBack = new MoneyBack(year, id, dice);
  }

  String id() {
    return id;
  }

  String card() {
    return card;
  }

  int declinePercent() {
    return habits.declinePercent();
  }

  private String newId(String kind) {
    made++;
    return kind + "-" + id + "-" + made;
  }

  private void sendAccount(String type, ObjectNode event) {
    year.send(ACCOUNTS, type, event);
  }

  /** Plans what happens to a customer after a while, unless the year is over by then. */
  private void later(long millis, Runnable action) {
    year.after(
        millis,
        () -> {
          if (year.isOpen()) {
            action.run();
          }
        });
  }

  /** Comes in the first hour of the year. */
  void arrive() {
    later(dice.between(0, HOUR), this::open);
  }

  private void open() {
    year.books().expect(id);
    sendAccount("AccountOpened", Events.opened(id, year.isoNow(), "USD"));
    buy();
    if (dice.percent(80)) {
      verifyPhone();
    }
    if (habits.rechargesAutomatically()) {
      configureRecharge();
    }
    if (dice.percent(30)) {
      limitSpending();
    }
    if (habits.usesAnything()) {
      later(habits.pause(dice), this::use);
      later(dice.between(1, 30) * DAY, this::doSomethingElse);
    }
  }

  private void verifyPhone() {
    String phone = "phone-" + (dice.percent(10) ? dice.below(20) + "" : id);
    if (year.books().isFirstWith(phone)) {
      year.books().expect(id).granted += 5 * DOLLAR;
    }
    sendAccount("PhoneVerified", Events.phone(id, year.isoNow(), phone));
  }

  private void buy() {
    long amount = dice.between(5, 40) * DOLLAR + dice.between(0, 999_999_999);
    String payment = newId("payment");
    ObjectNode event = Events.purchase(payment, id, year.isoNow(), amount);
    event.put("cardFingerprint", card);
    year.books().expect(id).purchased += amount;
    year.send(PAYMENTS, "PaymentSucceeded", event);
    sendAgainSometimes(PAYMENTS, "PaymentSucceeded", event);
    paid(payment, amount);
  }

  /** A payment of this customer was taken. */
  void paid(String payment, long amount) {
    moneyBack.mayGoBack(payment, amount);
  }

  private void sendAgainSometimes(String topic, String type, ObjectNode event) {
    if (dice.percent(3)) {
      later(dice.between(0, 2 * DAY), () -> year.send(topic, type, event.deepCopy()));
    }
  }

  private void configureRecharge() {
    Long limit = habits.monthlyLimit();
    if (limit != null) {
      year.books().expect(id).monthlyLimit = limit;
    }
    sendAccount(
        "AutoRechargeConfigured",
        Events.recharge(id, year.isoNow(), true, 5 * DOLLAR, habits.target(), limit));
  }

  private void limitSpending() {
    ObjectNode limit =
        dice.percent(50)
            ? Events.spendLimit(id, year.isoNow(), "ACCOUNT", null, 40 * DOLLAR, "BLOCK")
            : Events.spendLimit(id, year.isoNow(), "PROJECT", "project", 10 * DOLLAR, "ALERT");
    sendAccount("SpendLimitConfigured", limit);
  }

  private void use() {
    String model = dice.oneOf(MODELS);
    int way = dice.below(100);
    if (way < 80) {
      report(model, null);
    } else if (way < 95) {
      useAuthorized(model);
    } else {
      useLeased();
    }
    later(habits.pause(dice), this::use);
  }

  private void report(String model, @Nullable String authorization) {
    ObjectNode event = Events.usage(newId("usage"), id, year.isoNow(), model);
    event.put("inputTokens", dice.between(1_000, 200_000));
    event.put("outputTokens", dice.between(100, 160_000));
    event.put("authorizationId", authorization);
    event.put("projectId", "project");
    year.books().reported(event.path("eventId").asText());
    year.send(USAGE, "UsageEvent", event);
    sendAgainSometimes(USAGE, "UsageEvent", event);
  }

  private void useAuthorized(String model) {
    String authorization = newId("authorization");
    ObjectNode event = Events.authorization(authorization, id, year.isoNow(), model);
    event.put("inputTokens", 200_000);
    event.put("outputTokens", 160_000);
    if (!isAllowed(year.send(AUTHORIZATIONS, "AuthorizationRequested", event))) {
      return;
    }
    int end = dice.below(100);
    if (end < 80) {
      later(dice.between(1, 120) * SECOND, () -> report(model, authorization));
    } else if (end < 90) {
      later(dice.between(1, 120) * SECOND, () -> release(authorization, null));
    } // else the hold ends by itself
  }

  private void useLeased() {
    String lease = newId("lease");
    ObjectNode event = Events.authorization(lease, id, year.isoNow(), null);
    event.put("purpose", "LEASE");
    event.put("amountNanos", 2 * DOLLAR);
    if (!isAllowed(year.send(AUTHORIZATIONS, "AuthorizationRequested", event))) {
      return;
    }
    int reports = dice.below(4);
    for (int i = 1; i <= reports; i++) {
      later(i * MINUTE, () -> report("small", lease));
    }
    later(5 * MINUTE, () -> release(lease, (long) reports));
  }

  private void release(String authorization, @Nullable Long settledUsage) {
    year.send(
        AUTHORIZATIONS,
        "AuthorizationReleased",
        Events.release(authorization, id, year.isoNow(), settledUsage));
  }

  private static boolean isAllowed(List<OutputRecord> records) {
    return records.stream()
        .map(OutputRecord::value)
        .filter(AuthorizationDecided.class::isInstance)
        .map(AuthorizationDecided.class::cast)
        .anyMatch(decided -> decided.getOutcome() == AuthorizationOutcome.ALLOWED);
  }

  private void doSomethingElse() {
    switch (dice.below(6)) {
      case 0, 1 -> receiveGrant();
      case 2 -> {
        sendAccount("AccountSuspended", Events.suspension(id, year.isoNow()));
        later(
            dice.between(1, 3 * DAY),
            () -> sendAccount("AccountReinstated", Events.suspension(id, year.isoNow())));
      }
      case 3 -> {
        String identity = "identity-" + (dice.percent(20) ? dice.below(20) + "" : id);
        sendAccount(
            "VerificationUpdated", Events.verification(id, year.isoNow(), "VERIFIED", identity));
      }
      case 4 ->
          sendAccount(
              "AlertLevelsConfigured",
              Events.alertLevels(
                  id, year.isoNow(), List.of(dice.between(1, 9) * DOLLAR, 10 * DOLLAR)));
      default -> buy();
    }
    later(dice.between(10, 40) * DAY, this::doSomethingElse);
  }

  private void receiveGrant() {
    String grant = newId("grant");
    long amount = dice.between(1, 10 * DOLLAR);
    long wait = dice.percent(50) ? 0 : dice.between(1, 20 * DAY);
    String from = Lines.iso(year.now() + wait);
    String until =
        dice.percent(20) ? null : Lines.iso(year.now() + wait + dice.between(DAY, 60 * DAY));
    sendAccount("CreditGranted", Events.grant(grant, id, year.isoNow(), amount, from, until));
    boolean[] voided = new boolean[1];
    year.after(
        wait,
        () -> {
          if (!voided[0]) {
            year.books().expect(id).granted += amount;
          }
        });
    if (dice.percent(25)) {
      later(
          dice.between(1, 40 * DAY),
          () -> {
            voided[0] = true;
            sendAccount("CreditVoided", Events.grantVoided(grant, id, year.isoNow()));
          });
    }
  }

  /** Does what a customer does who reads the mail every few days. */
  void hear(BalanceAlert alert) {
    long reads = dice.between(MINUTE, 5 * DAY);
    switch (alert.getType()) {
      case LOW_BALANCE, EXHAUSTED -> {
        if (!habits.rechargesAutomatically() && habits.usesAnything()) {
          later(reads, this::buy);
        }
      }
      case CUSTOMER_ACTION_REQUIRED ->
          later(reads, dice.percent(50) ? this::buy : this::configureRecharge);
      case RECHARGE_DISABLED, RECHARGE_STALLED -> later(reads, this::configureRecharge);
      case CONTACT_ISSUER -> {
        if (dice.percent(50)) {
          later(
              dice.between(MINUTE, 50 * MINUTE),
              () -> {
                ObjectNode cleared = Events.issuerCleared(id, year.isoNow(), card);
                year.send(PAYMENTS, "IssuerCleared", cleared);
              });
        }
      }
      default -> {
        // Read, and left at that.
      }
    }
  }
}
