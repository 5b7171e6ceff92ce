package io.tollgate.simulator;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.AccountRules;
import io.tollgate.events.ClockTick;
import io.tollgate.events.ModelPrices;
import io.tollgate.mapping.EffectMapper;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.lines.InvalidLineException;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.processor.AccountProcessorSupplier;
import io.tollgate.streams.processor.AccountTask;
import io.tollgate.streams.processor.TaskSettings;
import io.tollgate.streams.state.StateBackend;
import io.tollgate.streams.topology.AccountTopology;
import io.tollgate.streams.topology.RegistryTopology;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The account and the registry topology side by side in this process, with virtual time: input goes
 * in step by step, and everything that it causes is out before the next. Prices, policies and
 * answers to claims arrive at once. Not safe for use by several threads.
 */
public final class Simulator implements AutoCloseable {

  private static final TopicNames NAMES = new TopicNames("");
  private static final int PARTITIONS = 1;

  /** One account at a time, so that answers to what it claims arrive before the next. */
  private static final int DEADLINES_PER_TICK = 1;

  private static final List<TopicSpec> OUTPUTS =
      TopicCatalogue.all().stream().filter(topic -> topic.direction() == Direction.OUT).toList();

  private final TopologyDriver accounts;
  private final TopologyDriver registry;
  private final Map<String, List<OutputRecord>> pending = new HashMap<>();
  private @Nullable AccountTask task;
  private long now;

  /** A simulation that starts with nothing, under these rules. */
  public Simulator(RuleSettings rules) {
    TaskSettings settings =
        new TaskSettings(NAMES, PARTITIONS, rules, Set.of(), DEADLINES_PER_TICK);
    AccountProcessorSupplier processors =
        new AccountProcessorSupplier(
            settings, StateBackend.MEMORY, (partition, started) -> task = started);
    accounts = start("simulated-accounts", new AccountTopology(NAMES, processors));
    registry =
        start("simulated-registry", new RegistryTopology(NAMES, StateBackend.MEMORY, Set.of()));
  }

  private static TopologyDriver start(String applicationId, Supplier<Topology> topology) {
    return new TopologyDriver(applicationId, topology.get(), new Properties(), Instant.EPOCH);
  }

  /** Publishes prices before anything else happens; nothing of it shows in the output. */
  public void preload(ModelPrices prices) {
    registry.pipe(
        TopicCatalogue.PRICE_BOOK.name(),
        prices.getModel().getBytes(StandardCharsets.UTF_8),
        EventCodec.encode(prices),
        0);
    connect(0);
    List<OutputRecord> refused = drain();
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "the prices of %s are refused: %s"
              .formatted(prices.getModel(), refused.get(0).toJson().at("/value/detail").asText()));
    }
  }

  /**
   * Takes one step: first all that is due by its time, then what arrives, then what that made due.
   *
   * @return the records it caused, topic by topic in the catalogue's order
   * @throws InvalidLineException if it lies before the step before it
   */
  public List<OutputRecord> step(SimulatorInput input) {
    if (input.time() < now) {
      throw new InvalidLineException(
          "goes back in time, from %s to %s"
              .formatted(
                  IsoMillis.format(Instant.ofEpochMilli(now)),
                  IsoMillis.format(Instant.ofEpochMilli(input.time()))));
    }
    fireDue(input.time());
    now = input.time();
    if (input instanceof SimulatorInput.Arrival arrival) {
      arrive(arrival);
      connect(now);
    }
    tick(now);
    fireDue(now);
    return drain();
  }

  private void arrive(SimulatorInput.Arrival arrival) {
    reader(arrival.topic()).pipe(arrival.topic(), arrival.key(), arrival.value(), arrival.time());
  }

  /** Each topic is read by one of the two. */
  private TopologyDriver reader(String topic) {
    return accounts.reads(topic) ? accounts : registry;
  }

  /** One deadline after the other: each tick fires the first of all accounts. */
  private void fireDue(long time) {
    for (long due = task().nextDeadline(); due <= time; due = task().nextDeadline()) {
      if (due == AccountRules.NOTHING_DUE) {
        return;
      }
      tick(due);
    }
  }

  private void tick(long time) {
    ClockTick tick = new ClockTick(Instant.ofEpochMilli(time));
    accounts.pipe(TopicCatalogue.CLOCK.name(), null, EventCodec.encode(tick), time);
    connect(time);
  }

  /** Carries what one topology says to the other, until both are silent; keeps the rest. */
  private void connect(long time) {
    boolean carried = true;
    while (carried) {
      carried = carry(accounts.readAll(), time);
      carried |= carry(registry.readAll(), time);
    }
  }

  private boolean carry(List<WrittenRecord> records, long time) {
    boolean carried = false;
    for (WrittenRecord record : records) {
      TopicSpec topic = TopicCatalogue.byName(record.topic()).orElseThrow();
      if (topic.direction() == Direction.OUT) {
        pending
            .computeIfAbsent(topic.name(), name -> new ArrayList<>())
            .add(OutputRecord.of(topic, record));
      } else {
        reader(topic.name()).pipe(topic.name(), record.key(), record.value(), time);
        carried = true;
      }
    }
    return carried;
  }

  private List<OutputRecord> drain() {
    List<OutputRecord> records = new ArrayList<>();
    for (TopicSpec topic : OUTPUTS) {
      records.addAll(pending.getOrDefault(topic.name(), Collections.emptyList()));
    }
    pending.clear();
    return records;
  }

  /** When something happens next by time alone, or {@link AccountRules#NOTHING_DUE}. */
  public long nextDeadline() {
    return task().nextDeadline();
  }

  /** The balance of each account as it is now, by account. */
  public List<OutputRecord> balances() {
    List<String> ids = new ArrayList<>();
    task().accounts().forEachDeadline((accountId, deadline) -> ids.add(accountId));
    Collections.sort(ids);
    List<OutputRecord> balances = new ArrayList<>();
    for (String id : ids) {
      Account account = Objects.requireNonNull(task().accounts().peek(id));
      balances.add(
          new OutputRecord(
              TopicCatalogue.ACCOUNT_BALANCES,
              now,
              id.getBytes(StandardCharsets.UTF_8),
              EffectMapper.record(account.balance())));
    }
    return balances;
  }

  private AccountTask task() {
    return Objects.requireNonNull(task, "the topology has not started");
  }

  @Override
  public void close() {
    accounts.close();
    registry.close();
  }
}
