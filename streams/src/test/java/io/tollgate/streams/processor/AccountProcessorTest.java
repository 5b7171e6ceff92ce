package io.tollgate.streams.processor;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_ACCESS;
import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_BALANCES;
import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.AUTHORIZATION_REQUESTS;
import static io.tollgate.schemas.topics.TopicCatalogue.BALANCE_ALERTS;
import static io.tollgate.schemas.topics.TopicCatalogue.BLOCKED_USAGE;
import static io.tollgate.schemas.topics.TopicCatalogue.CLAIM_ANSWERS;
import static io.tollgate.schemas.topics.TopicCatalogue.CLOCK;
import static io.tollgate.schemas.topics.TopicCatalogue.LEDGER_ENTRIES;
import static io.tollgate.schemas.topics.TopicCatalogue.PAYMENT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.RECHARGE_REQUESTS;
import static io.tollgate.schemas.topics.TopicCatalogue.REFERENCE;
import static io.tollgate.schemas.topics.TopicCatalogue.REJECTED_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static io.tollgate.streams.fixture.Events.START;
import static io.tollgate.streams.fixture.Events.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.ClaimAnswered;
import io.tollgate.events.ClaimKind;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.fixture.Output;
import io.tollgate.streams.fixture.TopologyDriver;
import io.tollgate.streams.state.ReferenceStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only the wire shows: keys, headers, record times, ticks, and records that nobody should
 * send. What records and time show is tested with the test kit.
 */
class AccountProcessorTest {

  private static final List<TopicSpec> OUTPUTS =
      TopicCatalogue.all().stream().filter(topic -> topic.direction() == Direction.OUT).toList();

  @TempDir Path stateDirectory;
  private TopologyDriver accounts;

  @BeforeEach
  void start() {
    accounts =
        new TopologyDriver(Accounts.topology(Accounts.settings(1)), Accounts.NAMES, stateDirectory);
    publish(Events.prices(Events.MODEL));
  }

  @AfterEach
  void stop() {
    accounts.close();
  }

  private void publish(SpecificRecord prices) {
    accounts.addBytes(
        REFERENCE, ReferenceStore.key("price-book", Events.MODEL), EventCodec.encode(prices));
  }

  private void tick(Instant at) {
    accounts.at(at).addBytes(CLOCK, null, EventCodec.encode(Events.tick(at)));
  }

  private List<Output> readAll() {
    List<Output> all = new ArrayList<>();
    OUTPUTS.forEach(topic -> all.addAll(accounts.read(topic)));
    return all;
  }

  @Test
  void shouldKeyEveryOutputByItsAccount() {
    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 6).build())
        .add(ACCOUNT_EVENTS, Events.autoRecharge("a", 6, 20))
        .add(USAGE_EVENTS, Events.usage("a", "u").setInputTokens(500_000).build())
        .add(ACCOUNT_EVENTS, Events.suspended("a"))
        .add(USAGE_EVENTS, Events.usage("a", "blocked").build());

    List<Output> all = readAll();
    assertThat(all)
        .extracting(output -> output.topic().name())
        .contains(
            LEDGER_ENTRIES.name(),
            ACCOUNT_BALANCES.name(),
            ACCOUNT_ACCESS.name(),
            BALANCE_ALERTS.name(),
            RECHARGE_REQUESTS.name(),
            BLOCKED_USAGE.name());
    assertThat(all).extracting(Output::key).containsOnly("a");
  }

  @Test
  void shouldNotForwardHeaders() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", "00-1-2-3".getBytes(StandardCharsets.US_ASCII));
    byte[] key = "a".getBytes(StandardCharsets.UTF_8);
    accounts
        .addBytes(
            PAYMENT_EVENTS, key, EventCodec.encode(Events.payment("a", "p", 10).build()), headers)
        .addBytes(USAGE_EVENTS, key, new byte[] {1}, headers);

    assertThat(readAll())
        .hasSizeGreaterThan(3)
        .allSatisfy(output -> assertThat(output.headers().toArray()).isEmpty());
  }

  @Test
  void shouldStampOutputsWithTheTimeOfTheRecord() {
    Instant later = START.plusSeconds(90);
    accounts
        .at(later)
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build())
        .add(USAGE_EVENTS, "b", Events.usage("a", "u").build());

    assertThat(readAll())
        .hasSizeGreaterThan(3)
        .allSatisfy(output -> assertThat(output.time()).isEqualTo(later));
  }

  @Test
  void shouldNotLetAnAccountsTimeGoBack() {
    Instant later = START.plusSeconds(90);
    accounts.at(later).add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build());
    readAll();

    accounts.at(START).add(USAGE_EVENTS, Events.usage("a", "u").build());

    Output entry = accounts.read(LEDGER_ENTRIES).get(0);
    assertThat(entry.time()).isEqualTo(later);
    assertThat(entry.as(LedgerEntry.class).getRecordedAt()).isEqualTo(later);
    assertThat(entry.as(LedgerEntry.class).getOccurredAt()).isEqualTo(START);
  }

  @Test
  void shouldRepeatARejectedRecordWithItsCoordinates() {
    accounts.add(USAGE_EVENTS, Events.usage("a", "u").build());
    accounts.add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build());
    readAll();
    byte[] value = {9, 8, 7};
    Instant later = START.plusSeconds(1);

    accounts.at(later).addBytes(USAGE_EVENTS, new byte[] {'k'}, value);

    Output output = accounts.read(REJECTED_EVENTS).get(0);
    assertThat(output.key()).isEqualTo("k");
    assertThat(output.time()).isEqualTo(later);
    RejectedEvent rejected = output.as(RejectedEvent.class);
    assertThat(rejected.getReason()).isEqualTo(RejectionReason.UNDECODABLE);
    assertThat(rejected.getSourceTopic()).isEqualTo("usage-events");
    assertThat(rejected.getSourcePartition()).isZero();
    assertThat(rejected.getSourceOffset()).isEqualTo(1);
    assertThat(rejected.getSourceKey()).isEqualTo("k");
    assertThat(rejected.getSourceValue()).isEqualTo(ByteBuffer.wrap(value));
    assertThat(rejected.getSourceLength()).isEqualTo(3);
    assertThat(rejected.getRejectedAt()).isEqualTo(later);
  }

  @Test
  void shouldRejectARecordWithoutKey() {
    accounts.addBytes(
        PAYMENT_EVENTS, null, EventCodec.encode(Events.payment("a", "p", 10).build()));

    Output output = accounts.read(REJECTED_EVENTS).get(0);
    assertThat(output.key()).isNull();
    assertThat(output.as(RejectedEvent.class).getReason()).isEqualTo(RejectionReason.MISROUTED);
    assertThat(output.as(RejectedEvent.class).getSourceKey()).isNull();
  }

  @Test
  void shouldChangeNothingByAnAnswerThatNobodyWaitsFor() {
    for (ClaimKind kind : ClaimKind.values()) {
      accounts.add(
          CLAIM_ANSWERS,
          ClaimAnswered.newBuilder()
              .setKind(kind)
              .setClaimKey(kind + ":h")
              .setAccountId("a")
              .setGranted(true)
              .build());
    }

    assertThat(readAll()).isEmpty();
  }

  @Test
  void shouldRejectWhatIsNoAnswer() {
    accounts
        .addBytes(CLAIM_ANSWERS, null, new byte[] {1, 2, 3})
        .addBytes(CLAIM_ANSWERS, null, null);

    assertThat(accounts.read(REJECTED_EVENTS, RejectedEvent.class))
        .extracting(RejectedEvent::getReason)
        .containsExactly(RejectionReason.UNDECODABLE, RejectionReason.MALFORMED);
  }

  @Test
  void shouldTakeTheTimeOfATickFromTheRecordAndNotFromItsValue() {
    accounts.add(
        ACCOUNT_EVENTS,
        Events.grant("a", "g", 1).setEffectiveAt(START.plus(Duration.ofHours(1))).build());
    readAll();

    accounts.addBytes(CLOCK, null, EventCodec.encode(Events.tick(START.plus(Duration.ofDays(9)))));
    assertThat(readAll()).isEmpty();

    accounts.at(START.plus(Duration.ofHours(1))).addBytes(CLOCK, null, new byte[] {1});
    assertThat(accounts.read(LEDGER_ENTRIES)).hasSize(1);
  }

  @Test
  void shouldPublishABalanceThatWaitedByTheClock() {
    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build())
        .add(USAGE_EVENTS, Events.usage("a", "u").build());
    assertThat(accounts.read(ACCOUNT_BALANCES)).hasSize(1);

    tick(START.plusMillis(9_999));
    assertThat(accounts.read(ACCOUNT_BALANCES)).isEmpty();

    tick(START.plusMillis(25_000));
    Output published = accounts.read(ACCOUNT_BALANCES).get(0);
    assertThat(published.time()).isEqualTo(START.plusMillis(10_000));
    AccountBalance balance = published.as(AccountBalance.class);
    assertThat(balance.getPostedNanos()).isEqualTo(10 * UNIT - Events.USAGE_COST);
    assertThat(balance.getAsOf()).isEqualTo(START.plusMillis(10_000));
  }

  @Test
  void shouldWriteToNoTopicOutsideTheCatalogue() {
    shouldKeyEveryOutputByItsAccount();
    accounts.addBytes(AUTHORIZATION_REQUESTS, null, new byte[0]);

    assertThat(accounts.written())
        .isSubsetOf(TopicCatalogue.all().stream().map(TopicSpec::name).toList());
  }
}
