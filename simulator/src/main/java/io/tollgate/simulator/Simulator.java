package io.tollgate.simulator;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.AccountRules;
import io.tollgate.events.ClockTick;
import io.tollgate.events.ModelPrices;
import io.tollgate.mapping.EffectMapper;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.Partitioning;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account and the registry topology side by side in this process, with virtual time: input goes
 * in step by step, and everything that it causes is out before the next. Prices, policies and
 * answers to claims arrive at once. Not safe for use by several threads.
 */
public final class Simulator implements AutoCloseable {

  private static final TopicNames NAMES = new TopicNames("");
  private static final int PARTITIONS = 1;

  private static final List<TopicSpec> OUTPUTS =
      TopicCatalogue.all().stream().filter(topic -> topic.direction() == Direction.OUT).toList();

  private final TopologyDriver accounts;
  private final TopologyDriver registry;
  private final Map<String, List<OutputRecord>> pending = new HashMap<>();
  private @Nullable AccountTask task;
  private long now;

  /** A simulation that starts with nothing, under these rules. */
  public Simulator(RuleSettings rules) {
    TaskSettings settings = new TaskSettings(NAMES, PARTITIONS, rules, Set.of());
    AccountProcessorSupplier processors =
        new AccountProcessorSupplier(
            settings, StateBackend.MEMORY, (partition, started) -> task = started);
    accounts = new TopologyDriver("simulated-accounts", new AccountTopology(NAMES, processors));
    registry =
        new TopologyDriver(
            "simulated-registry", new RegistryTopology(NAMES, StateBackend.MEMORY, Set.of()));
  }

  /** Publishes prices before anything else happens; nothing of it shows in the output. */
  public void preload(ModelPrices prices) {
    registry.pipe(
        TopicCatalogue.PRICE_BOOK,
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
    TopicSpec topic = TopicCatalogue.byName(arrival.topic()).orElseThrow();
    TopologyDriver driver = topic.partitioning() == Partitioning.SINGLE ? registry : accounts;
    driver.pipe(topic, arrival.key(), arrival.value(), arrival.time());
  }

  /** One deadline after the other, so that answers to one arrive before the next. */
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
    accounts.pipe(TopicCatalogue.CLOCK, null, EventCodec.encode(tick), time);
    connect(time);
  }

  /** Carries what one topology says to the other, until both are silent; keeps the rest. */
  private void connect(long time) {
    boolean moved = true;
    while (moved) {
      moved = accounts.forward(TopicCatalogue.CLAIM_REQUESTS, registry, time);
      moved |= registry.forward(TopicCatalogue.CLAIM_ANSWERS, accounts, time);
      moved |= registry.forward(TopicCatalogue.REFERENCE, accounts, time);
    }
    for (TopicSpec topic : OUTPUTS) {
      List<OutputRecord> records = pending.computeIfAbsent(topic.name(), name -> new ArrayList<>());
      records.addAll(accounts.read(topic));
      records.addAll(registry.read(topic));
    }
  }

  private List<OutputRecord> drain() {
    List<OutputRecord> records = new ArrayList<>();
    for (TopicSpec topic : OUTPUTS) {
      records.addAll(pending.getOrDefault(topic.name(), Collections.emptyList()));
    }
    pending.clear();
    return records;
  }

  /** The balance of each account as it is now, by account. */
  public List<OutputRecord> balances() {
    List<String> ids = new ArrayList<>();
    task().accounts().forEachDeadline((accountId, deadline) -> ids.add(accountId));
    Collections.sort(ids);
    List<OutputRecord> balances = new ArrayList<>();
    for (String id : ids) {
      Account account = Objects.requireNonNull(task().accounts().get(id));
      balances.add(
          new OutputRecord(
              TopicCatalogue.ACCOUNT_BALANCES, now, id, EffectMapper.record(account.balance())));
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
