package io.tollgate.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.AccountSuspended;
import io.tollgate.events.Completion;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.lines.InvalidLineException;
import io.tollgate.schemas.serde.EventCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {

  private static final String INPUTS =
      "usage-events, authorization-requests, payment-events, account-events, price-book,"
          + " access-policies";

  private static final String PAYMENTS =
      "PaymentSucceeded, PaymentFailed, PaymentRefunded, DisputeUpdated, IssuerCleared";

  /** Single quotes stand for double ones. */
  private static SimulatorInput parse(String line) {
    return LineParser.parse(line.replace('\'', '"'));
  }

  private static SimulatorInput.Arrival arrival(String line) {
    return (SimulatorInput.Arrival) parse(line);
  }

  private static String key(SimulatorInput.Arrival arrival) {
    return new String(Objects.requireNonNull(arrival.key()), StandardCharsets.UTF_8);
  }

  private static void assertInvalid(String line, String message) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(InvalidLineException.class)
        .hasMessage(message);
  }

  @Test
  void shouldReadARecordWithItsDefaults() {
    SimulatorInput.Arrival arrival =
        arrival(
            "{'topic':'usage-events','timestamp':'2026-01-01T00:00:00.000Z','type':'UsageEvent',"
                + "'value':{'eventId':'u','accountId':'a','occurredAt':'2026-01-01T00:00:00.000Z',"
                + "'model':'m','inputTokens':5}}");

    assertThat(arrival.topic()).isEqualTo("usage-events");
    assertThat(arrival.time()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    assertThat(key(arrival)).isEqualTo("a");
    assertThat(arrival.warning()).isNull();
    UsageEvent usage = (UsageEvent) EventCodec.decode(Objects.requireNonNull(arrival.value()));
    assertThat(usage.getEventId()).isEqualTo("u");
    assertThat(usage.getInputTokens()).isEqualTo(5);
    assertThat(usage.getOutputTokens()).isZero();
    assertThat(usage.getServiceTier()).isEqualTo("standard");
    assertThat(usage.getCapabilities()).isEmpty();
    assertThat(usage.getOtherUnits()).isEmpty();
    assertThat(usage.getAuthorizationId()).isNull();
    assertThat(usage.getCompletion()).isEqualTo(Completion.COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'type':null,", "'type':'UsageEvent',"})
  void shouldLetTheTypeBeLeftOutWhereATopicHasOne(String type) {
    SimulatorInput.Arrival arrival =
        arrival(
            "{'topic':'usage-events',"
                + type
                + "'timestamp':'2026-01-01T00:00:00Z','value':{'accountId':'a'}}");

    assertThat(EventCodec.decode(Objects.requireNonNull(arrival.value())))
        .isInstanceOf(UsageEvent.class);
  }

  @Test
  void shouldTakeTheTypeThatIsNamed() {
    SimulatorInput.Arrival arrival =
        arrival(
            "{'topic':'account-events','timestamp':'2026-01-01T00:00:00Z',"
                + "'type':'AccountSuspended','value':{'accountId':'a'}}");

    assertThat(EventCodec.decode(Objects.requireNonNull(arrival.value())))
        .isInstanceOf(AccountSuspended.class);
  }

  @Test
  void shouldPreferTheKeyThatIsGiven() {
    String line =
        "{'topic':'payment-events','timestamp':'2026-01-01T00:00:00Z','type':'PaymentSucceeded',"
            + "'key':%s,'value':{'accountId':'a','amountNanos':1}}";

    assertThat(key(arrival(line.formatted("'b'")))).isEqualTo("b");
    assertThat(key(arrival(line.formatted("''")))).isEmpty();
    assertThat(arrival(line.formatted("null")).key()).isNull();
  }

  @Test
  void shouldTakeTheModelAsTheKeyOfPrices() {
    assertThat(
            key(
                arrival(
                    "{'topic':'price-book','timestamp':'2026-01-01T00:00:00Z',"
                        + "'value':{'model':'m'}}")))
        .isEqualTo("m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'value':null"})
  void shouldReadALineWithoutValueAsATombstone(String value) {
    SimulatorInput.Arrival arrival =
        arrival("{'topic':'price-book','timestamp':'2026-01-01T00:00:00Z','key':'m'" + value + "}");

    assertThat(key(arrival)).isEqualTo("m");
    assertThat(arrival.value()).isNull();
    assertThat(arrival.warning()).isNull();
  }

  @Test
  void shouldPassAMalformedEventOnAsTheBytesThatWereGivenAndSayWhy() {
    SimulatorInput.Arrival arrival =
        arrival(
            "{'topic':'usage-events','timestamp':'2026-01-01T00:00:00Z',"
                + "'value':{'accountId':'a','inputTokens':1.5}}");

    assertThat(key(arrival)).isEqualTo("a");
    assertThat(arrival.warning()).contains("inputTokens");
    assertThat(new String(Objects.requireNonNull(arrival.value()), StandardCharsets.UTF_8))
        .isEqualTo("{\"accountId\":\"a\",\"inputTokens\":1.5}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'text'", "7", "[]", "{'unknown':1}", "{'accountId':5}"})
  void shouldCallNoValueAnInputError(String value) {
    SimulatorInput.Arrival arrival =
        arrival(
            "{'topic':'usage-events','timestamp':'2026-01-01T00:00:00Z','value':" + value + "}");

    assertThat(arrival.warning()).isNotBlank();
  }

  @Test
  void shouldReadLargeEvents() {
    SimulatorInput.Arrival arrival =
        arrival(
            "{'topic':'payment-events','timestamp':'2026-01-01T00:00:00Z',"
                + "'type':'PaymentSucceeded','value':{'accountId':'a','paymentId':'"
                + "p".repeat(30_000_000)
                + "'}}");

    PaymentSucceeded payment =
        (PaymentSucceeded) EventCodec.decode(Objects.requireNonNull(arrival.value()));
    assertThat(payment.getPaymentId()).hasSize(30_000_000);
  }

  @Test
  void shouldReadAnAdvance() {
    assertThat(parse("{'advanceTo':'2026-02-01T00:00:00.000Z'}"))
        .isEqualTo(
            new SimulatorInput.Advance(Instant.parse("2026-02-01T00:00:00Z").toEpochMilli()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "nonsense",
        "{'topic':}",
        "{'topic':'usage-events'} and more",
        "{'topic':'usage-events','topic':'usage-events'}",
      })
  void shouldRefuseWhatIsNotJson(String line) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(InvalidLineException.class)
        .hasMessageStartingWith("not JSON: ")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "[]", "7", "'text'", "null"})
  void shouldRefuseWhatIsNoObject(String line) {
    assertInvalid(line, "not a JSON object");
  }

  @Test
  void shouldRefuseAnAdvanceThatIsNotAlone() {
    assertInvalid(
        "{'advanceTo':'2026-02-01T00:00:00.000Z','topic':'usage-events'}",
        "advanceTo stands alone");
  }

  @Test
  void shouldRefuseUnknownFields() {
    assertInvalid(
        "{'topic':'usage-events','time':'2026-02-01T00:00:00.000Z'}",
        "unknown field \"time\"; a line has topic, timestamp, type, key and value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'topic':null}", "{'topic':5}"})
  void shouldAskForATopic(String line) {
    assertInvalid(line, "no topic; one of " + INPUTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such", "ledger-entries", "clock", "tollgate.usage-events", ""})
  void shouldRefuseATopicThatIsNoInput(String topic) {
    assertInvalid(
        "{'topic':'%s'}".formatted(topic),
        "\"%s\" is no input topic; one of %s".formatted(topic, INPUTS));
  }

  @Test
  void shouldRefuseATypeThatTheTopicDoesNotHave() {
    assertInvalid(
        "{'topic':'payment-events','type':'UsageEvent'}",
        "topic payment-events has no type \"UsageEvent\"; one of " + PAYMENTS);
    assertInvalid(
        "{'topic':'usage-events','type':'usageevent'}",
        "topic usage-events has no type \"usageevent\"; one of UsageEvent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'type':null", ",'type':7"})
  void shouldAskForATypeWhereATopicHasSeveral(String type) {
    assertInvalid(
        "{'topic':'payment-events'" + type + "}",
        "topic payment-events needs a type; one of " + PAYMENTS);
  }

  @Test
  void shouldAskForATimestamp() {
    assertInvalid(
        "{'topic':'usage-events'}", "no timestamp; a time such as 2026-01-01T00:00:00.000Z");
    assertInvalid(
        "{'topic':'usage-events','timestamp':1767225600000}",
        "no timestamp; a time such as 2026-01-01T00:00:00.000Z");
    assertInvalid("{'advanceTo':5}", "no advanceTo; a time such as 2026-01-01T00:00:00.000Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01",
    "2026-13-01T00:00:00.000Z",
    "2026-01-01T00:00:00.000+01:00",
    "2026-01-01T00:00:00.0001Z",
    "yesterday"
  })
  void shouldRefuseWhatIsNoTime(String time) {
    assertInvalid(
        "{'topic':'usage-events','timestamp':'%s'}".formatted(time),
        "timestamp is \"%s\", not a time such as 2026-01-01T00:00:00.000Z".formatted(time));
    assertInvalid(
        "{'advanceTo':'%s'}".formatted(time),
        "advanceTo is \"%s\", not a time such as 2026-01-01T00:00:00.000Z".formatted(time));
  }
}
