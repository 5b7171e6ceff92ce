package io.tollgate.consumers.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.domain.Rejection;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.serde.EventDecodingException;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows prices, policies, accounts and decisions, committed records only, and has the leases
 * looked after. For one thread, except {@link #wakeUp}.
 */
final class GateLoop {

  private static final Logger LOG = LoggerFactory.getLogger(GateLoop.class);

  private static final Duration POLL = Duration.ofMillis(100);

  /** Leases end to the second, at the most. */
  private static final long SWEEP_MILLIS = 500;

  private static final List<TopicSpec> TABLES =
      List.of(
          TopicCatalogue.PRICE_BOOK, TopicCatalogue.ACCESS_POLICIES, TopicCatalogue.ACCOUNT_ACCESS);

  private final Consumer<byte[], byte[]> consumer;
  private final GateSettings settings;
  private final Access access;
  private final LeaseBook leases;
  private final LongSupplier clock;
  private final Map<String, TopicSpec> topics = new HashMap<>();
  private final ModelRecords models = new ModelRecords();
  private final LongAdder unreadable = new LongAdder();
  private Map<TopicPartition, Long> ends = Map.of();
  private long sweptAt;

  GateLoop(
      Consumer<byte[], byte[]> consumer,
      GateSettings settings,
      Access access,
      LeaseBook leases,
      LongSupplier clock) {
    this.consumer = consumer;
    this.settings = settings;
    this.access = access;
    this.leases = leases;
    this.clock = clock;
  }

  /** Begins with the tables from their start, and with the decisions from now on. */
  void assign() {
    List<TopicPartition> tables = new ArrayList<>();
    for (TopicSpec table : TABLES) {
      boolean ofAccounts = table.equals(TopicCatalogue.ACCOUNT_ACCESS);
      tables.addAll(partitions(table, ofAccounts ? settings.partitions() : partition -> true));
    }
    List<TopicPartition> decisions =
        partitions(TopicCatalogue.AUTHORIZATION_DECISIONS, settings.partitions());
    List<TopicPartition> all = new ArrayList<>(tables);
    all.addAll(decisions);
    consumer.assign(all);
    consumer.seekToBeginning(tables);
    consumer.seekToEnd(decisions);
    // Before the first request: a position that is fetched later may be behind its answer.
    decisions.forEach(consumer::position);
    ends = consumer.endOffsets(tables);
  }

  /** Whether everything is read that there was at the beginning. */
  boolean isCaughtUp() {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  /** One round: takes over what has come, asks for the leases that calls want. */
  void pass() {
    boolean modelsChanged = false;
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        modelsChanged |= take(record);
      }
    } catch (WakeupException e) {
      LOG.trace("A call wants a lease");
    }
    if (modelsChanged) {
      access.replaceModels(models.table());
    }
    long now = clock.getAsLong();
    leases.answerWishes(now);
    if (now - sweptAt >= SWEEP_MILLIS || now < sweptAt) {
      sweptAt = now;
      leases.sweep(now);
    }
  }

  /** Has the next round begin at once; may be called in any thread. */
  void wakeUp() {
    consumer.wakeup();
  }

  long unreadable() {
    return unreadable.sum();
  }

  /** Takes over a record, and says whether it changes what is known of models. */
  private boolean take(ConsumerRecord<byte[], byte[]> record) {
    TopicSpec topic = topics.get(record.topic());
    if (topic == null) {
      throw new IllegalStateException("Not assigned: " + record.topic());
    }
    try {
      SpecificRecord value =
          record.value() == null ? null : EventCodec.decode(record.value(), topic.recordSet());
      if (record.key() == null) {
        return passOver(record, "it has no key");
      }
      return take(record, topic, new String(record.key(), UTF_8), value);
    } catch (EventDecodingException e) {
      return passOver(record, String.valueOf(e.getMessage()));
    }
  }

  private boolean take(
      ConsumerRecord<byte[], byte[]> record,
      TopicSpec topic,
      String key,
      @Nullable SpecificRecord value) {
    if (topic.equals(TopicCatalogue.ACCOUNT_ACCESS)) {
      access.accounts().put(key, (AccountAccess) value);
      leases.changed(key);
      return false;
    }
    if (topic.equals(TopicCatalogue.AUTHORIZATION_DECISIONS)) {
      if (value != null) {
        boolean hasCredit = !access.accounts().get(key).exhausted();
        leases.decided((AuthorizationDecided) value, hasCredit, clock.getAsLong());
      }
      return false;
    }
    if (value != null && !key.equals(modelOf(value))) {
      return passOver(record, "its key is not its model");
    }
    Rejection invalid =
        topic.equals(TopicCatalogue.PRICE_BOOK)
            ? models.putPrices(key, (ModelPrices) value)
            : models.putPolicy(key, (ModelAccessPolicy) value);
    return invalid == null || passOver(record, invalid.detail());
  }

  private boolean passOver(ConsumerRecord<byte[], byte[]> record, String why) {
    unreadable.increment();
    LOG.warn("Passing over {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), why);
    return false;
  }

  private static String modelOf(SpecificRecord value) {
    return value instanceof ModelPrices prices
        ? prices.getModel()
        : ((ModelAccessPolicy) value).getModel();
  }

  private List<TopicPartition> partitions(TopicSpec topic, IntPredicate filter) {
    String name = settings.kafka().topics().full(topic);
    topics.put(name, topic);
    return consumer.partitionsFor(name).stream()
        .filter(info -> filter.test(info.partition()))
        .map(info -> new TopicPartition(name, info.partition()))
        .toList();
  }
}
