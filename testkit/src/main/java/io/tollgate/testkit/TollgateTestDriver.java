package io.tollgate.testkit;

import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.CreditState;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PriceRow;
import io.tollgate.schemas.json.IsoMillis;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.specific.SpecificRecordBuilderBase;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Runs topologies in the test's own thread, with virtual time and no broker: records go in as
 * sentences, all that follows has happened when a sentence ends, and expectations take what came
 * out, each record once.
 *
 * <pre>{@code
 * driver.at("2026-09-01T00:00:00Z").payment("acme", usd("10"))
 *     .expectLedgerEntry("acme", PURCHASE, usd("10"));
 * }</pre>
 *
 * <p>An expectation that is not met throws an AssertionError that tells the difference and the
 * history. Not safe for use by several threads.
 */
public final class TollgateTestDriver extends Expectations implements AutoCloseable {

  private final TestSetup setup;
  private final List<SpecificRecord> given;
  private final List<Application> applications = new ArrayList<>();
  private final History history = new History();
  private final OpenRecords open = new OpenRecords(history);
  private @Nullable VirtualBroker broker;
  private boolean closed;

  TollgateTestDriver(TestSetup setup) {
    this.setup = setup;
    this.given = new ArrayList<>(setup.given());
  }

  // --- Time
  // ---------------------------------------------------------------------------------------

  /**
   * It is this time now, and what is due by now has happened, each thing at its own time.
   *
   * @param time UTC, such as {@code 2026-09-01T00:00:00Z}
   * @throws IllegalArgumentException if it is no time, or before the time that it is
   */
  public TollgateTestDriver at(String time) {
    return at(IsoMillis.parse(time));
  }

  /** It is this time now, and what is due by now has happened, each thing at its own time. */
  public TollgateTestDriver at(Instant time) {
    if (broker == null) {
      broker = start(time);
    }
    broker().advanceTo(time);
    return this;
  }

  /** The same as {@link #at(String)}: reads better where nothing goes in. */
  public TollgateTestDriver advanceTo(String time) {
    return at(time);
  }

  /** The same as {@link #at(Instant)}: reads better where nothing goes in. */
  public TollgateTestDriver advanceTo(Instant time) {
    return at(time);
  }

  /** So much time passes; what is due on the way happens, each thing at its own time. */
  public TollgateTestDriver advance(Duration duration) {
    return at(now().plus(duration));
  }

  @Override
  public Instant now() {
    return broker().now();
  }

  private VirtualBroker start(Instant time) {
    setup.startApplications(time, applications::add);
    VirtualBroker started = new VirtualBroker(setup.names(), applications, history);
    for (SpecificRecord record : given) {
      TopicSpec topic = topicOf(record.getSchema());
      history.addGiven(record);
      started.give(
          setup.names().full(topic), utf8(keyOf(topic, record)), EventCodec.encode(record));
    }
    return started;
  }

  private VirtualBroker broker() {
    if (closed) {
      throw new IllegalStateException("the driver is closed; every test has one of its own");
    }
    if (broker == null) {
      throw new IllegalStateException(
          "no time has been told yet; start with at(\"2026-01-01T00:00:00Z\")");
    }
    return broker;
  }

  // --- What goes in
  // -------------------------------------------------------------------------------

  /** Prices: published now, or given from the start if no time has been told yet. */
  public TollgateTestDriver prices(ModelPrices... prices) {
    return prices(List.of(prices));
  }

  /** All prices of one model: published now, or given from the start. */
  public TollgateTestDriver prices(String model, PriceRow... rows) {
    return prices(Prices.model(model, rows));
  }

  /** Prices: published now, or given from the start if no time has been told yet. */
  public TollgateTestDriver prices(Collection<ModelPrices> prices) {
    return publish(prices);
  }

  /** Policies: published now, or known from the start if no time has been told yet. */
  public TollgateTestDriver policies(ModelAccessPolicy... policies) {
    return publish(List.of(policies));
  }

  private TollgateTestDriver publish(Collection<? extends SpecificRecord> records) {
    if (broker == null) {
      given.addAll(records);
    } else {
      records.forEach(this::send);
    }
    return this;
  }

  @Override
  public TollgateTestDriver send(SpecificRecord record) {
    TopicSpec topic = topicOf(record.getSchema());
    return send(topic, keyOf(topic, record), record);
  }

  /**
   * Puts a record on a topic of Tollgate, under any key.
   *
   * @param record null is a tombstone
   */
  public TollgateTestDriver send(
      TopicSpec topic, @Nullable String key, @Nullable SpecificRecord record) {
    return send(topic, utf8(key), record == null ? null : EventCodec.encode(record));
  }

  /** Puts bytes on a topic of Tollgate, whatever they are. */
  public TollgateTestDriver send(TopicSpec topic, byte @Nullable [] key, byte @Nullable [] value) {
    broker().append(setup.names().full(topic), key, value);
    return this;
  }

  /** Puts a record on a topic that is not Tollgate's. */
  public <K, V> TollgateTestDriver send(OwnTopic<K, V> topic, @Nullable K key, @Nullable V value) {
    history.know(topic);
    broker().append(topic.name(), topic.keyBytes(key), topic.valueBytes(value));
    return this;
  }

  // --- What comes out
  // -----------------------------------------------------------------------------

  @Override
  public <T extends SpecificRecord> TollgateTestDriver expect(SpecificRecordBuilderBase<T> fields) {
    ExpectedFields expected = ExpectedFields.of(fields);
    open.expect(expected, topicOf(expected.type()));
    return this;
  }

  /**
   * The next record of a type, of whatever key, meets requirements.
   *
   * @param requirements throws an AssertionError if they are not met
   */
  public <T extends SpecificRecord> TollgateTestDriver expect(
      Class<T> type, Consumer<T> requirements) {
    open.expect(type, schemaOf(type), requirements);
    return this;
  }

  /** The next record of a type and key is a tombstone: the key has nothing of the type any more. */
  public TollgateTestDriver expectTombstone(Class<? extends SpecificRecord> type, String key) {
    open.expectTombstone(schemaOf(type), key);
    return this;
  }

  /** The next record of a key on a topic that is not Tollgate's has this value. */
  public <K, V> TollgateTestDriver expect(
      OwnTopic<K, V> topic, @Nullable K key, @Nullable V value) {
    history.know(topic);
    open.expect(topic, key, value);
    return this;
  }

  /**
   * What is posted to an account is this much now, published or not: usage publishes a balance at
   * most every ten seconds. Takes the balances of the account that were published.
   */
  @SafeVarargs
  public final TollgateTestDriver expectBalance(
      String account, long postedNanos, Consumer<AccountBalance.Builder>... fields) {
    AccountBalance.Builder balance =
        AccountBalance.newBuilder().setAccountId(account).setPostedNanos(postedNanos);
    open.compare(
        "The balance of " + account,
        ExpectedFields.of(Fields.set(balance, fields)),
        balance(account));
    open.skip(OpenRecords.ofType(AccountBalance.getClassSchema(), account));
    return this;
  }

  private AccountBalance balance(String account) {
    broker();
    return applications.stream()
        .filter(TollgateApplication.class::isInstance)
        .map(TollgateApplication.class::cast)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Tollgate does not run in this test, so no account has a balance; expect the"
                        + " record: expect(AccountBalance.newBuilder()…)"))
        .balance(account)
        .orElseThrow(
            () ->
                new UnmetExpectationError(
                    "There is no account %s".formatted(account), history, null));
  }

  /**
   * What gateways know of an account now, by what was published last. Takes all that was published
   * of it.
   */
  @SafeVarargs
  public final TollgateTestDriver expectAccess(
      String account, CreditState creditState, Consumer<AccountAccess.Builder>... fields) {
    broker();
    AccountAccess.Builder access =
        AccountAccess.newBuilder().setAccountId(account).setCreditState(creditState);
    open.compare(
        "The access of " + account, ExpectedFields.of(Fields.set(access, fields)), access(account));
    open.skip(OpenRecords.ofType(AccountAccess.getClassSchema(), account));
    return this;
  }

  /**
   * No record, or a tombstone, says that an account has no credit and nothing out of the ordinary.
   */
  private AccountAccess access(String account) {
    List<Message> published =
        history.outputs(OpenRecords.ofType(AccountAccess.getClassSchema(), account));
    SpecificRecord last = published.isEmpty() ? null : published.get(published.size() - 1).event();
    return last == null
        ? AccountAccess.newBuilder()
            .setAccountId(account)
            .setCreditState(CreditState.EXHAUSTED)
            .build()
        : (AccountAccess) last;
  }

  /** No record of these types has come out that was not expected. */
  @SafeVarargs
  public final TollgateTestDriver expectNo(Class<? extends SpecificRecord>... types) {
    for (Class<? extends SpecificRecord> type : types) {
      Schema schema = schemaOf(type);
      open.expectNone(OpenRecords.ofType(schema, null), schema.getName());
    }
    return this;
  }

  /** No record has come out on this topic that was not expected. */
  public TollgateTestDriver expectNo(OwnTopic<?, ?> topic) {
    history.know(topic);
    open.expectNone(
        message -> message.topic().equals(topic.name()), "records on %s".formatted(topic.name()));
    return this;
  }

  /** Everything that has come out was expected, on whatever topic. */
  public TollgateTestDriver expectNothingMore() {
    broker();
    open.expectNone(message -> true, "records");
    return this;
  }

  /** Takes all records of a type that were not expected yet, to be looked at; no tombstones. */
  public <T extends SpecificRecord> List<T> take(Class<T> type) {
    return open.take(type, schemaOf(type));
  }

  /** Takes all records of a topic that were not expected yet, to be looked at. */
  public <K, V> List<KeyValue<K, V>> take(OwnTopic<K, V> topic) {
    history.know(topic);
    return open.take(topic);
  }

  /** Takes all records of these types that were not expected yet, whatever they are. */
  @SafeVarargs
  public final TollgateTestDriver skip(Class<? extends SpecificRecord>... types) {
    for (Class<? extends SpecificRecord> type : types) {
      open.skip(OpenRecords.ofType(schemaOf(type), null));
    }
    return this;
  }

  /** Takes all records that were not expected yet, whatever they are. */
  public TollgateTestDriver skipAll() {
    open.skip(message -> true);
    return this;
  }

  /** All records so far, for people: what went in, what came out, what nothing expected yet. */
  public String history() {
    return history.text();
  }

  // ------------------------------------------------------------------------------------------------

  private static Schema schemaOf(Class<? extends SpecificRecord> type) {
    return SpecificData.get().getSchema(type);
  }

  /** The topic of a type; the internal one with copies of prices and policies is not meant. */
  private static TopicSpec topicOf(Schema type) {
    return TopicCatalogue.all().stream()
        .filter(topic -> topic.direction() != Direction.INTERNAL)
        .filter(topic -> topic.recordSet().contains(type))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no topic has records of type " + type.getName()));
  }

  /** A rejection has the key of the record that was refused. */
  private static @Nullable String keyOf(TopicSpec topic, SpecificRecord record) {
    String field = topic.keyField() == null ? "sourceKey" : topic.keyField();
    Object key = record.get(record.getSchema().getField(field).pos());
    return key == null ? null : key.toString();
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Stops all topologies and deletes their state. The history can still be read. */
  @Override
  public void close() {
    closed = true;
    applications.forEach(Application::close);
    applications.clear();
  }
}
