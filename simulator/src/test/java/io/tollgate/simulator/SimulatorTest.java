package io.tollgate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.domain.RuleSettings;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PriceRow;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.lines.InvalidLineException;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.DeclineFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatorTest {

  private static final long UNIT = 1_000_000_000L;

  private final Simulator simulator = new Simulator(RuleSettings.defaults(DeclineFile.shipped()));

  @BeforeAll
  static void trustRecords() {
    TrustedTypes.trust();
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  /** Takes the step of a line of January 2026; single quotes stand for double ones. */
  private List<OutputRecord> line(String topic, String time, String type, String value) {
    String line =
        "{'topic':'%s','timestamp':'2026-01-%s','type':'%s','value':%s}"
            .formatted(topic, time, type, value);
    return simulator.step(LineParser.parse(line.replace('\'', '"')));
  }

  private List<OutputRecord> pay(String time, String account, String id, long units) {
    return line(
        "payment-events",
        time,
        "PaymentSucceeded",
        "{'accountId':'%s','paymentId':'%s','amountNanos':%d,'occurredAt':'2026-01-%s'}"
            .formatted(account, id, units * UNIT, time));
  }

  private List<OutputRecord> grant(String time, String account, String id, String effective) {
    return line(
        "account-events",
        time,
        "CreditGranted",
        ("{'accountId':'%s','grantId':'%s','amountNanos':1000000000,"
                + "'effectiveAt':'2026-01-%s','occurredAt':'2026-01-%s'}")
            .formatted(account, id, effective, time));
  }

  private List<OutputRecord> use(String time, String account, String id, long tokens) {
    return line(
        "usage-events",
        time,
        "UsageEvent",
        "{'accountId':'%s','eventId':'%s','model':'m','inputTokens':%d,'occurredAt':'2026-01-%s'}"
            .formatted(account, id, tokens, time));
  }

  private List<OutputRecord> advanceTo(String time) {
    return simulator.step(LineParser.parse("{\"advanceTo\":\"%s\"}".formatted("2026-01-" + time)));
  }

  /** One unit of currency for a million tokens. */
  private static ModelPrices prices(long nanosPerMillion) {
    return ModelPrices.newBuilder()
        .setModel("m")
        .setRows(
            List.of(
                PriceRow.newBuilder()
                    .setMeter("input")
                    .setNanosPerMillion(nanosPerMillion)
                    .setEffectiveFrom(Instant.EPOCH)
                    .build()))
        .build();
  }

  private static <T extends SpecificRecord> List<T> of(
      List<OutputRecord> records, TopicSpec topic, Class<T> type) {
    return records.stream()
        .filter(record -> record.topic().equals(topic))
        .map(record -> type.cast(record.value()))
        .toList();
  }

  private static List<LedgerEntry> entries(List<OutputRecord> records) {
    return of(records, TopicCatalogue.LEDGER_ENTRIES, LedgerEntry.class);
  }

  private static List<RejectedEvent> rejected(List<OutputRecord> records) {
    return of(records, TopicCatalogue.REJECTED_EVENTS, RejectedEvent.class);
  }

  private static List<String> causes(List<OutputRecord> records) {
    return entries(records).stream()
        .map(entry -> entry.getAccountId() + " " + entry.getCause().getId())
        .toList();
  }

  @Test
  void shouldFireWhatIsDueForAllAccountsByTimeThenAccountBeforeTheRecord() {
    grant("01T00:00:00Z", "b", "late", "03T00:00:00Z");
    grant("01T00:00:00Z", "c", "early", "02T00:00:00Z");
    grant("01T00:00:00Z", "a", "late", "03T00:00:00Z");
    grant("01T00:00:00Z", "d", "early", "02T00:00:00Z");
    grant("01T00:00:00Z", "c", "late", "03T00:00:00Z");
    grant("01T00:00:00Z", "e", "not yet", "05T00:00:00Z");

    List<OutputRecord> records = pay("04T00:00:00Z", "a", "p", 1);

    assertThat(causes(records))
        .containsExactly("c early", "d early", "a late", "b late", "c late", "a p");
    assertThat(records)
        .filteredOn(record -> record.topic().equals(TopicCatalogue.LEDGER_ENTRIES))
        .extracting(record -> Instant.ofEpochMilli(record.timestamp()).toString())
        .containsExactly(
            "2026-01-02T00:00:00Z",
            "2026-01-02T00:00:00Z",
            "2026-01-03T00:00:00Z",
            "2026-01-03T00:00:00Z",
            "2026-01-03T00:00:00Z",
            "2026-01-04T00:00:00Z");
  }

  @Test
  void shouldFireWithinItsLineWhatARecordMakesDueAtItsOwnTime() {
    List<OutputRecord> records =
        line(
            "account-events",
            "01T00:00:00Z",
            "CreditGranted",
            "{'accountId':'a','grantId':'g','amountNanos':2000000000,"
                + "'effectiveAt':'2026-01-01T00:00:00Z','expiresAt':'2026-01-31T00:00:00Z',"
                + "'occurredAt':'2026-01-01T00:00:00Z'}");

    assertThat(records)
        .extracting(record -> record.topic().name())
        .containsExactly("ledger-entries", "account-balances", "account-access", "balance-alerts");
    assertThat(records.get(3).toJson().at("/value/type").asText()).isEqualTo("EXPIRY_SOON");
  }

  @Test
  void shouldLetTimePassByAnAdvance() {
    grant("01T00:00:00Z", "a", "g", "02T00:00:00Z");

    assertThat(advanceTo("01T23:59:59.999Z")).isEmpty();
    assertThat(causes(advanceTo("02T00:00:00Z"))).containsExactly("a g");
    assertThat(advanceTo("02T00:00:00Z")).as("fires once").isEmpty();
  }

  @Test
  void shouldRefuseToGoBackInTimeAndGoOnFromWhereItWas() {
    pay("02T00:00:00Z", "a", "p", 1);

    assertThatThrownBy(() -> pay("01T00:00:00Z", "a", "q", 1))
        .isInstanceOf(InvalidLineException.class)
        .hasMessage("goes back in time, from 2026-01-02T00:00:00.000Z to 2026-01-01T00:00:00.000Z");
    assertThatThrownBy(() -> advanceTo("01T23:59:59.999Z"))
        .isInstanceOf(InvalidLineException.class);
    assertThat(causes(pay("02T00:00:00Z", "a", "q", 1)))
        .as("the same time is not back")
        .containsExactly("a q");
  }

  @Test
  void shouldTakePricesAndTheirTombstonesFromTheNextLineOn() {
    pay("01T00:00:00Z", "a", "p", 10);
    assertThat(rejected(use("01T00:00:01Z", "a", "u1", 1_000_000)))
        .extracting(RejectedEvent::getReason)
        .containsExactly(RejectionReason.UNPRICED);

    List<OutputRecord> published =
        line(
            "price-book",
            "01T00:00:02Z",
            "ModelPrices",
            "{'model':'m','rows':[{'meter':'input','nanosPerMillion':1000000000}]}");
    assertThat(published).isEmpty();
    assertThat(entries(use("01T00:00:03Z", "a", "u1", 1_000_000)))
        .extracting(LedgerEntry::getAmountNanos)
        .containsExactly(-UNIT);

    assertThat(
            simulator.step(
                LineParser.parse(
                    ("{'topic':'price-book','timestamp':'2026-01-01T00:00:04Z','key':'m',"
                            + "'value':null}")
                        .replace('\'', '"'))))
        .isEmpty();
    assertThat(rejected(use("01T00:00:05Z", "a", "u2", 1_000_000)))
        .extracting(RejectedEvent::getReason)
        .containsExactly(RejectionReason.UNPRICED);
  }

  @Test
  void shouldReportPricesThatAreRefusedInTheirLine() {
    List<OutputRecord> records =
        line(
            "price-book",
            "01T00:00:00Z",
            "ModelPrices",
            "{'model':'m','rows':[{'meter':'input','nanosPerMillion':-1}]}");

    assertThat(records).hasSize(1);
    RejectedEvent rejection = rejected(records).get(0);
    assertThat(rejection.getReason()).isEqualTo(RejectionReason.MALFORMED);
    assertThat(rejection.getSourceTopic()).isEqualTo("price-book");
  }

  @Test
  void shouldRejectAnEventThatIsNoneOfItsTypeWithTheTextThatWasGiven() {
    SimulatorInput.Arrival arrival =
        (SimulatorInput.Arrival)
            LineParser.parse(
                ("{'topic':'usage-events','timestamp':'2026-01-01T00:00:00Z',"
                        + "'value':{'accountId':'a','inputTokens':'many'}}")
                    .replace('\'', '"'));
    assertThat(arrival.warning()).contains("inputTokens");

    List<OutputRecord> records = simulator.step(arrival);

    assertThat(records).hasSize(1);
    assertThat(records.get(0).key()).isEqualTo("a");
    RejectedEvent rejection = rejected(records).get(0);
    assertThat(rejection.getReason()).isEqualTo(RejectionReason.UNDECODABLE);
    assertThat(rejection.getSourceTopic()).isEqualTo("usage-events");
    assertThat(new String(rejection.getSourceValue().array(), StandardCharsets.UTF_8))
        .isEqualTo("{\"accountId\":\"a\",\"inputTokens\":\"many\"}");
  }

  @Test
  void shouldTellTheRecordsOfALineTopicByTopic() {
    simulator.preload(prices(UNIT));
    pay("01T00:00:00Z", "a", "p", 10);
    line(
        "account-events",
        "01T00:00:00Z",
        "AutoRechargeConfigured",
        "{'accountId':'a','enabled':true,'thresholdNanos':1000000000,'targetNanos':20000000000}");
    grant("01T00:00:00Z", "b", "g", "02T00:00:00Z");

    List<OutputRecord> records = use("03T00:00:00Z", "a", "u", 9_500_000);

    assertThat(records)
        .extracting(record -> record.topic().name() + " " + record.key())
        .containsExactly(
            "ledger-entries b",
            "ledger-entries a",
            "account-balances b",
            "account-balances a",
            "account-access b",
            "account-access a",
            "balance-alerts a",
            "balance-alerts a",
            "recharge-requests a");
  }

  @Test
  void shouldTellTheBalanceOfEveryAccountInTheEnd() {
    simulator.preload(prices(UNIT));
    pay("01T00:00:00Z", "b", "p", 10);
    pay("01T00:00:00Z", "a", "p", 5);
    use("01T00:00:00Z", "c", "blocked", 0);
    use("01T00:00:00Z", "nobody", "unpriced", -1);
    List<OutputRecord> unpublished = use("01T00:00:01Z", "b", "u", 1_000_000);
    assertThat(of(unpublished, TopicCatalogue.ACCOUNT_BALANCES, AccountBalance.class)).isEmpty();

    List<OutputRecord> balances = simulator.balances();

    assertThat(balances)
        .allSatisfy(
            record -> {
              assertThat(record.topic()).isEqualTo(TopicCatalogue.ACCOUNT_BALANCES);
              assertThat(Instant.ofEpochMilli(record.timestamp()))
                  .isEqualTo(Instant.parse("2026-01-01T00:00:01Z"));
            });
    assertThat(balances).extracting(OutputRecord::key).containsExactly("a", "b", "c");
    assertThat(of(balances, TopicCatalogue.ACCOUNT_BALANCES, AccountBalance.class))
        .extracting(AccountBalance::getPostedNanos)
        .containsExactly(5 * UNIT, 9 * UNIT, 0L);
  }

  @Test
  void shouldHaveNoBalancesBeforeAnythingHappened() {
    simulator.preload(prices(UNIT));

    assertThat(simulator.balances()).isEmpty();
  }

  @Test
  void shouldShowNothingOfThePricesThatWereLoadedBefore() {
    simulator.preload(prices(UNIT));

    assertThat(advanceTo("01T00:00:00Z")).isEmpty();
    pay("01T00:00:00Z", "a", "p", 10);
    assertThat(causes(use("01T00:00:00Z", "a", "u", 1))).containsExactly("a u");
  }

  @Test
  void shouldSayWhyPricesCannotBeLoaded() {
    assertThatThrownBy(() -> simulator.preload(prices(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the prices of m are refused: rows.nanosPerMillion is -1; it must not be negative");
    assertThat(advanceTo("01T00:00:00Z")).as("the refusal is not repeated").isEmpty();
  }

  @Test
  void shouldWriteRecordsInTheShapeOfALineWithEveryField() {
    List<OutputRecord> records = pay("01T00:00:00Z", "a", "p", 10);

    JsonNode line = records.get(0).toJson();
    assertThat(line.toString())
        .startsWith(
            "{\"topic\":\"ledger-entries\",\"timestamp\":\"2026-01-01T00:00:00.000Z\","
                + "\"type\":\"LedgerEntry\",\"key\":\"a\",\"value\":{\"entryId\":\"a:1\",");
    assertThat(line.at("/value/cause").toString())
        .isEqualTo("{\"topic\":\"payment-events\",\"id\":\"p\",\"partition\":0,\"offset\":0}");
    assertThat(line.at("/value/authorizationId").isNull()).isTrue();
    assertThat(line.at("/value/recordedAt").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
    SpecificRecord value = Objects.requireNonNull(records.get(0).value());
    assertThat(line.at("/value")).hasSameSizeAs(value.getSchema().getFields());
  }

  @Test
  void shouldWriteATombstoneWithTheTypeOfItsTopic() {
    simulator.preload(prices(UNIT));
    pay("01T00:00:00Z", "a", "p", 10);

    List<OutputRecord> records = use("01T00:00:01Z", "a", "u", 10_000_000);

    assertThat(records)
        .filteredOn(record -> record.topic().equals(TopicCatalogue.ACCOUNT_ACCESS))
        .singleElement()
        .satisfies(
            removed ->
                assertThat(removed.toJson().toString())
                    .isEqualTo(
                        "{\"topic\":\"account-access\",\"timestamp\":\"2026-01-01T00:00:01.000Z\","
                            + "\"type\":\"AccountAccess\",\"key\":\"a\",\"value\":null}"));
  }

  @Test
  void shouldNotTellAnythingOfTicks() {
    assertThat(advanceTo("01T00:00:00Z")).isEmpty();
    assertThat(advanceTo("31T00:00:00Z")).isEmpty();
  }
}
