package io.tollgate.simulator.year;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.domain.RuleSettings;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.simulator.LineParser;
import io.tollgate.simulator.OutputRecord;
import io.tollgate.simulator.Simulator;
import io.tollgate.simulator.SimulatorInput;
import io.tollgate.simulator.history.Events;
import io.tollgate.simulator.history.Invariants;
import io.tollgate.simulator.history.Lines;
import io.tollgate.streams.config.DeclineFile;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A year and two days of customers who buy, use, dispute and forget, with a payment provider that
 * declines, is slow and repeats itself. Everything that the pipeline says is checked as it comes.
 */
final class VirtualYear implements AutoCloseable {

  static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** Credit of the first day has expired, and its hour of grace is over. */
  static final long END = Instant.parse("2027-01-03T00:00:00Z").toEpochMilli();

  /** Whatever the provider charged before the end is told by then. */
  static final long CLOSE = Instant.parse("2027-01-05T00:00:00Z").toEpochMilli();

  private static final Instant POLICY_ANNOUNCED = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant POLICY_EFFECTIVE = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant DEARER_FROM = Instant.parse("2026-07-01T00:00:00Z");

  private final Simulator simulator = new Simulator(RuleSettings.defaults(DeclineFile.shipped()));
  private final Agenda agenda = new Agenda();
  private final Invariants invariants = new Invariants();
  private final YearBooks books = new YearBooks();
  private final CardProvider cards;
  private final Map<String, Customer> customers = new LinkedHashMap<>();
  private long now = START;

  VirtualYear(int accounts, long seed) {
    Random seeds = new Random(seed); // those of neighbours would begin alike
    cards = new CardProvider(this, seeds.nextLong());
    for (int i = 0; i < accounts; i++) {
      Customer customer = new Customer(this, "account-%04d".formatted(i), i, seeds.nextLong());
      customers.put(customer.id(), customer);
    }
  }

  /** Lives through it; throws AssertionError with the first thing that is wrong. */
  YearBooks run() {
    publishPrices();
    customers.values().forEach(Customer::arrive);
    runUntil(CLOSE);
    step(new SimulatorInput.Advance(CLOSE), advance(CLOSE));
    List<OutputRecord> balances = simulator.balances();
    invariants.checkFinal(balances.stream().map(OutputRecord::toJson).toList());
    books.checkAtTheEnd(balances);
    cards.checkAtTheEnd(books);
    return books;
  }

  /**
   * Deadline by deadline and plan by plan, so that everybody answers at the time of what is said.
   */
  private void runUntil(long end) {
    while (Math.min(simulator.nextDeadline(), agenda.nextTime()) < end) {
      long due = simulator.nextDeadline();
      if (due <= agenda.nextTime()) {
        now = due;
        step(new SimulatorInput.Advance(due), advance(due));
      } else {
        now = agenda.nextTime();
        agenda.runNext();
      }
    }
  }

  private static ObjectNode advance(long time) {
    return Lines.object().put("advanceTo", Lines.iso(time));
  }

  private List<OutputRecord> step(SimulatorInput input, ObjectNode line) {
    List<OutputRecord> records = simulator.step(input);
    invariants.check(line, records.stream().map(OutputRecord::toJson).toList());
    for (OutputRecord record : records) {
      books.add(record);
      if (record.value() instanceof RechargeRequested request) {
        cards.charge(request, customer(request.getAccountId()));
      } else if (record.value() instanceof BalanceAlert alert) {
        customer(alert.getAccountId()).hear(alert);
      }
    }
    return records;
  }

  private Customer customer(String accountId) {
    Customer customer = customers.get(accountId);
    if (customer == null) {
      throw new AssertionError("a record of an account that nobody has: " + accountId);
    }
    return customer;
  }

  long now() {
    return now;
  }

  String isoNow() {
    return Lines.iso(now);
  }

  /** Whether customers still act, and the provider still takes requests. */
  boolean isOpen() {
    return now < END;
  }

  YearBooks books() {
    return books;
  }

  /** Plans what somebody does after a while. */
  void after(long millis, Runnable action) {
    agenda.at(now + millis, action);
  }

  /** Sends an event of an account now, and returns what comes of it. */
  List<OutputRecord> send(String topic, String type, ObjectNode event) {
    return send(topic, type, event.path("accountId").asText(), event);
  }

  private List<OutputRecord> send(String topic, String type, String key, ObjectNode event) {
    ObjectNode line = Lines.record(topic, type, key, isoNow(), event);
    return step(LineParser.parse(line.toString()), line);
  }

  private void publishPrices() {
    for (String model : Customer.MODELS) {
      ObjectNode prices = Events.prices(model, isoNow(), List.of());
      Events.addRow(prices, "input", "standard", 0, 1_250_000_000L, "2025-01-01T00:00:00.000Z");
      Events.addRow(prices, "output", "standard", 0, 10_000_000_001L, "2025-01-01T00:00:00.000Z");
      String dearer = Lines.iso(DEARER_FROM.toEpochMilli());
      Events.addRow(prices, "output", "standard", 0, 12_345_678_901L, dearer);
      send(TopicCatalogue.PRICE_BOOK.name(), "ModelPrices", model, prices);
    }
    ObjectNode policy = Events.policy(Customer.GATED_MODEL);
    Events.addRequirement(
        policy,
        "*",
        "policy-1",
        Lines.iso(POLICY_ANNOUNCED.toEpochMilli()),
        Lines.iso(POLICY_EFFECTIVE.toEpochMilli()),
        null);
    send(TopicCatalogue.ACCESS_POLICIES.name(), "ModelAccessPolicy", Customer.GATED_MODEL, policy);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
