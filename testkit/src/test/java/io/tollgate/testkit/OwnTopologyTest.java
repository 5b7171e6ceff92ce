package io.tollgate.testkit;

import static io.tollgate.events.AlertType.EXHAUSTED;
import static io.tollgate.testkit.Money.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.CreditGranted;
import io.tollgate.events.LedgerEntry;
import io.tollgate.schemas.serde.EventSerde;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** Topologies that are not Tollgate's: alone, beside each other, and with Tollgate. */
class OwnTopologyTest {

  private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");
  private static final Serde<String> TEXT = Serdes.String();
  private static final OwnTopic<String, String> NOTES = new OwnTopic<>("notes", TEXT, TEXT);
  private static final OwnTopic<String, Long> TOTALS =
      new OwnTopic<>("totals", TEXT, Serdes.Long());

  private static Supplier<Topology> of(Consumer<StreamsBuilder> wiring) {
    return () -> {
      StreamsBuilder builder = new StreamsBuilder();
      wiring.accept(builder);
      return builder.build();
    };
  }

  private static <T extends SpecificRecord> Consumed<String, T> read(Class<T> type) {
    return Consumed.with(TEXT, EventSerde.of(type));
  }

  /** Grants a dollar for every note. */
  private static Supplier<Topology> grants() {
    return of(
        builder ->
            builder.stream("notes", Consumed.with(TEXT, TEXT))
                .map(
                    (account, note) ->
                        KeyValue.pair(
                            account,
                            CreditGranted.newBuilder()
                                .setGrantId(note)
                                .setAccountId(account)
                                .setAmountNanos(usd("1"))
                                .setEffectiveAt(START)
                                .setOccurredAt(START)
                                .build()))
                .to(
                    "tollgate.account-events",
                    Produced.with(TEXT, EventSerde.of(CreditGranted.class))));
  }

  /** Sums what each account was credited and charged, by way of a topic of its own. */
  private static Supplier<Topology> totals() {
    return of(
        builder ->
            builder.stream("tollgate.ledger-entries", read(LedgerEntry.class))
                .map((key, entry) -> KeyValue.pair(entry.getAccountId(), entry.getAmountNanos()))
                .groupByKey(Grouped.with("by-account", TEXT, Serdes.Long()))
                .reduce(Long::sum, Materialized.as("totals-store"))
                .toStream()
                .to("totals", Produced.with(TEXT, Serdes.Long())));
  }

  private static BalanceAlert alert(String account) {
    return BalanceAlert.newBuilder().setAccountId(account).setType(EXHAUSTED).build();
  }

  @Test
  void shouldRunATopologyThatWritesWhatTollgateReads() {
    try (TollgateTestDriver driver = TestSetup.only(grants()).start()) {
      driver
          .at(START)
          .send(NOTES, "acme", "welcome")
          .expect(
              CreditGranted.newBuilder()
                  .setAccountId("acme")
                  .setGrantId("welcome")
                  .setAmountNanos(usd("1")))
          .expectNothingMore();
    }
  }

  @Test
  void shouldRunTollgateBetweenTopologies() {
    try (TollgateTestDriver driver =
        TestSetup.tollgate().prices(Prices.sample()).and(grants()).and(totals()).start()) {
      driver
          .at(START)
          .send(NOTES, "acme", "welcome")
          .usage("acme", "atlas", u -> u.setInputTokens(300_000L))
          .expectBalance("acme", usd("0.7"))
          .expect(TOTALS, "acme", usd("1"))
          .expect(TOTALS, "acme", usd("0.7"))
          .expectNo(TOTALS);
    }
  }

  @Test
  void shouldCarryTopicsOfTheirOwnBetweenTopologies() {
    Supplier<Topology> shouting =
        of(
            builder ->
                builder.stream("tollgate.balance-alerts", read(BalanceAlert.class))
                    .mapValues(alert -> alert.getType() + "!")
                    .to("notes", Produced.with(TEXT, TEXT)));
    try (TollgateTestDriver driver = TestSetup.only(shouting).and(grants()).start()) {
      driver
          .at(START)
          .send(alert("acme"))
          .expect(NOTES, "acme", "EXHAUSTED!")
          .expect(CreditGranted.newBuilder().setGrantId("EXHAUSTED!"))
          .expectNothingMore();
    }
  }

  @Test
  void shouldRunUnderAPrefixOfOnesOwn() {
    Supplier<Topology> topology =
        of(
            builder ->
                builder.stream("mine.balance-alerts", read(BalanceAlert.class))
                    .mapValues(alert -> alert.getType().name())
                    .to("notes", Produced.with(TEXT, TEXT)));
    try (TollgateTestDriver driver =
        TestSetup.only(topology).setting("topic.prefix", "mine.").start()) {
      driver.at(START).send(alert("acme")).expect(NOTES, "acme", "EXHAUSTED");
    }
  }

  @Test
  void shouldReadPatternsAndGlobalTables() {
    Supplier<Topology> topology =
        of(
            builder -> {
              var balances =
                  builder.globalTable("tollgate.account-balances", read(AccountBalance.class));
              builder.stream(Pattern.compile("tollgate\\.balance-.*"), read(BalanceAlert.class))
                  .join(
                      balances,
                      (account, alert) -> account,
                      (alert, balance) -> "posted " + balance.getPostedNanos())
                  .to("notes", Produced.with(TEXT, TEXT));
            });
    try (TollgateTestDriver driver = TestSetup.only(topology).start()) {
      driver
          .at(START)
          .send(AccountBalance.newBuilder().setAccountId("acme").setPostedNanos(7).build())
          .send(alert("acme"))
          .expect(NOTES, "acme", "posted 7");
    }
  }

  @Test
  void shouldTakeStreamsSettings() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
    Supplier<Topology> topology =
        of(builder -> builder.<String, String>stream("in").mapValues(v -> v + v).to("notes"));
    OwnTopic<String, String> in = new OwnTopic<>("in", TEXT, TEXT);
    try (TollgateTestDriver driver = TestSetup.only(topology, settings).start()) {
      driver.at(START).send(in, "k", "v").expect(NOTES, "k", "vv");
    }
  }

  @Test
  void shouldRefuseWhatNobodyReads() {
    try (TollgateTestDriver driver = TestSetup.only(grants()).start()) {
      driver.at(START);

      assertThatThrownBy(() -> driver.payment("acme", usd("1")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no topology of this test reads the topic tollgate.payment-events");
      assertThat(driver.history()).endsWith("\n  nothing");
    }
  }

  @Test
  void shouldRefuseOutputsOfTollgateThatNobodyReads() {
    try (TollgateTestDriver driver = TestSetup.tollgate().start()) {
      driver.at(START);

      assertThatThrownBy(() -> driver.send(alert("acme")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no topology of this test reads the topic tollgate.balance-alerts");
    }
  }

  @Test
  void shouldTellWhatCameOnATopicOfOnesOwn() {
    try (TollgateTestDriver driver = TestSetup.only(totals()).start()) {
      driver
          .at(START)
          .send(LedgerEntry.newBuilder().setAccountId("acme").setAmountNanos(5).build())
          .send(LedgerEntry.newBuilder().setAccountId("zeta").setAmountNanos(1).build());

      assertThatThrownBy(() -> driver.expect(TOTALS, "acme", 6L))
          .isInstanceOf(AssertionError.class)
          .hasMessage(
              """
              The next record of acme on totals is not as expected:
                expected 6, but was 5

              %s""",
              driver.history());
      assertThatThrownBy(() -> driver.expect(TOTALS, "nobody", 6L))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("There is no further record on totals: nobody 6\n");
      assertThatThrownBy(() -> driver.expectNo(TOTALS))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("Expected no more records on totals, but there are 2:\n");
      assertThat(driver.history())
          .contains("    out* totals                 acme  5\n")
          .endsWith("    out* totals                 zeta  1");
      assertThat(driver.take(TOTALS))
          .containsExactly(KeyValue.pair("acme", 5L), KeyValue.pair("zeta", 1L));
      driver.expectNothingMore();
    }
  }

  @Test
  void shouldShowValuesThatAreNotOfTheTopicAsBytes() {
    OwnTopic<String, Long> wrong = new OwnTopic<>("notes", TEXT, Serdes.Long());
    Supplier<Topology> topology = copying("in", "notes");
    try (TollgateTestDriver driver = TestSetup.only(topology).start()) {
      driver.at(START).send(new OwnTopic<>("in", TEXT, TEXT), "k", "v");

      assertThatThrownBy(() -> driver.expectNo(wrong))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("  notes                  k  v, which is no value of the topic: ");
    }
  }

  @Test
  void shouldHandATopologyWhatItWritesItselfOnce() {
    Supplier<Topology> shortening =
        of(
            builder ->
                builder.stream("notes", Consumed.with(TEXT, TEXT))
                    .filter((key, note) -> note.length() > 1)
                    .mapValues(note -> note.substring(1))
                    .to("notes", Produced.with(TEXT, TEXT)));
    try (TollgateTestDriver driver = TestSetup.only(shortening).start()) {
      driver
          .at(START)
          .send(NOTES, "k", "abc")
          .expect(NOTES, "k", "bc")
          .expect(NOTES, "k", "c")
          .expectNothingMore();
    }
  }

  @Test
  void shouldStopTopologiesThatAnswerEachOtherWithoutEnd() {
    try (TollgateTestDriver driver =
        TestSetup.only(copying("ping", "pong")).and(copying("pong", "ping")).start()) {
      driver.at(START);

      assertThatThrownBy(() -> driver.send(new OwnTopic<>("ping", TEXT, TEXT), "k", "v"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the topologies answer each other without end, last on pong");
    }
  }

  private static Supplier<Topology> copying(String from, String to) {
    return of(
        builder ->
            builder.stream(from, Consumed.with(TEXT, TEXT)).to(to, Produced.with(TEXT, TEXT)));
  }

  /** Notes every ten seconds of the wall clock, and what it reads at the time that it has. */
  private static final class Clerk extends ContextualProcessor<byte[], byte[], String, String> {

    static Topology topology() {
      return new Topology()
          .addSource("alerts", "tollgate.balance-alerts")
          .addProcessor(
              "clerk", () -> (Processor<byte[], byte[], String, String>) new Clerk(), "alerts")
          .addSink("notes", "notes", TEXT.serializer(), TEXT.serializer(), "clerk");
    }

    static Properties settings() {
      Properties settings = new Properties();
      settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
      settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
      return settings;
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
      super.init(context);
      context.schedule(
          Duration.ofSeconds(10),
          PunctuationType.WALL_CLOCK_TIME,
          time -> note("tick", Instant.ofEpochMilli(time)));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      note(
          new String(record.key(), StandardCharsets.UTF_8),
          Instant.ofEpochMilli(record.timestamp()));
    }

    private void note(String key, Instant time) {
      context().forward(new Record<>(key, time.toString(), time.toEpochMilli()));
    }
  }

  @Test
  void shouldStartTheWallClockWhenTimeStarts() {
    try (TollgateTestDriver driver = TestSetup.only(Clerk::topology, Clerk.settings()).start()) {
      driver.at(START).expectNothingMore();
      driver
          .advance(Duration.ofMinutes(1))
          .expect(NOTES, "tick", "2026-09-01T00:01:00Z")
          .expectNothingMore();
    }
  }

  @Test
  void shouldStepTheWallClock() {
    try (TollgateTestDriver driver =
        TestSetup.only(Clerk::topology, Clerk.settings())
            .wallClockStep(Duration.ofSeconds(10))
            .start()) {
      driver
          .at(START)
          .advance(Duration.ofSeconds(25))
          .expect(NOTES, "tick", "2026-09-01T00:00:10Z")
          .expect(NOTES, "tick", "2026-09-01T00:00:20Z")
          .expectNothingMore();
    }
  }

  @Test
  void shouldHearOfADeadlineOfTollgateAtItsTime() {
    try (TollgateTestDriver driver =
        TestSetup.tollgate().and(Clerk::topology, Clerk.settings()).start()) {
      driver
          .at(START)
          .grant(
              "acme",
              usd("2"),
              g -> g.setExpiresAt(START.plus(Duration.ofDays(1)).plus(Duration.ofHours(2))))
          .advance(Duration.ofDays(1))
          .expect(NOTES, "acme", "2026-09-01T02:00:00Z");
    }
  }

  @Test
  void shouldNotStepTheWallClockByNothing() {
    assertThatThrownBy(() -> TestSetup.tollgate().wallClockStep(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a step of the wall clock cannot be PT0S");
  }
}
