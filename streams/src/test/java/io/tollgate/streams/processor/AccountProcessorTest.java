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

import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.BlockReason;
import io.tollgate.events.ClaimAnswered;
import io.tollgate.events.ClaimKind;
import io.tollgate.events.CreditState;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.events.UsageBlocked;
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
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way into the account topology, and what comes out of it where. */
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

  private LedgerEntry lastEntry() {
    List<LedgerEntry> entries = accounts.read(LEDGER_ENTRIES, LedgerEntry.class);
    assertThat(entries).isNotEmpty();
    return entries.get(entries.size() - 1);
  }

  private RejectedEvent onlyRejection() {
    List<RejectedEvent> rejected = accounts.read(REJECTED_EVENTS, RejectedEvent.class);
    assertThat(rejected).hasSize(1);
    assertThat(readAll()).isEmpty();
    return rejected.get(0);
  }

  @Test
  void shouldChargeUsageAtThePricesOfTheReferenceTopic() {
    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build())
        .add(USAGE_EVENTS, Events.usage("a", "u").build());

    LedgerEntry usage = lastEntry();
    assertThat(usage.getType()).isEqualTo(EntryType.USAGE);
    assertThat(usage.getVersion()).isEqualTo(2);
    assertThat(usage.getAmountNanos()).isEqualTo(-Events.USAGE_COST);
    assertThat(usage.getBalanceAfterNanos()).isEqualTo(10 * UNIT - Events.USAGE_COST);
    assertThat(usage.getCause().getTopic()).isEqualTo("usage-events");
    assertThat(usage.getCause().getId()).isEqualTo("u");
    assertThat(usage.getCause().getPartition()).isZero();
    assertThat(usage.getCause().getOffset()).isZero();
  }

  @Test
  void shouldTakeEachPriceFromTheRecordThatFollowsIt() {
    accounts.add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build());
    publish(Events.prices(Events.MODEL, UNIT));
    accounts.add(USAGE_EVENTS, Events.usage("a", "u1").build());
    publish(Events.prices(Events.MODEL, 2 * UNIT));
    accounts.add(USAGE_EVENTS, Events.usage("a", "u2").build());

    assertThat(accounts.read(LEDGER_ENTRIES, LedgerEntry.class))
        .extracting(LedgerEntry::getAmountNanos)
        .containsExactly(10 * UNIT, -UNIT / 1_000, -2 * UNIT / 1_000);
  }

  @Test
  void shouldRejectUsageOfAModelWhosePricesWereRemoved() {
    accounts
        .addBytes(REFERENCE, ReferenceStore.key("price-book", Events.MODEL), null)
        .add(USAGE_EVENTS, Events.usage("a", "u").build());

    assertThat(onlyRejection().getReason()).isEqualTo(RejectionReason.UNPRICED);
  }

  @Test
  void shouldGateAModelFromItsPolicyToItsTombstone() {
    byte[] key = ReferenceStore.key("access-policies", Events.MODEL);
    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build())
        .addBytes(REFERENCE, key, EventCodec.encode(Events.policy(Events.MODEL)))
        .add(USAGE_EVENTS, Events.usage("a", "u1").build())
        .add(ACCOUNT_EVENTS, Events.verified("v"))
        .add(PAYMENT_EVENTS, Events.payment("v", "p", 10).build())
        .add(USAGE_EVENTS, Events.usage("v", "u1").build())
        .addBytes(REFERENCE, key, null)
        .add(USAGE_EVENTS, Events.usage("a", "u2").build());

    assertThat(accounts.read(BLOCKED_USAGE, UsageBlocked.class))
        .singleElement()
        .satisfies(
            blocked -> {
              assertThat(blocked.getId()).isEqualTo("u1");
              assertThat(blocked.getAccountId()).isEqualTo("a");
              assertThat(blocked.getReason()).isEqualTo(BlockReason.VERIFICATION_REQUIRED);
              assertThat(blocked.getPolicyId()).isEqualTo("policy-1");
              assertThat(blocked.getWouldHaveCostNanos()).isEqualTo(Events.USAGE_COST);
              assertThat(blocked.getServed()).isTrue();
            });
    assertThat(accounts.read(LEDGER_ENTRIES, LedgerEntry.class))
        .filteredOn(entry -> entry.getType() == EntryType.USAGE)
        .extracting(LedgerEntry::getAccountId)
        .containsExactly("v", "a");
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
  void shouldTellAccessAndRemoveItByATombstone() {
    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build())
        .add(USAGE_EVENTS, Events.usage("a", "u").setInputTokens(3_333_333).build());

    List<Output> access = accounts.read(ACCOUNT_ACCESS);
    assertThat(access).hasSize(2);
    assertThat(access.get(0).as(AccountAccess.class).getCreditState())
        .isEqualTo(CreditState.FUNDED);
    assertThat(access.get(1).as(AccountAccess.class).getCreditState()).isEqualTo(CreditState.LOW);

    accounts.add(USAGE_EVENTS, Events.usage("a", "u2").build());
    assertThat(accounts.read(ACCOUNT_ACCESS))
        .singleElement()
        .satisfies(
            removed -> {
              assertThat(removed.key()).isEqualTo("a");
              assertThat(removed.value()).isNull();
            });
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
  void shouldSayNothingToADuplicate() {
    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build())
        .add(USAGE_EVENTS, Events.usage("a", "u").build())
        .add(ACCOUNT_EVENTS, Events.grant("a", "g", 1).build());
    readAll();

    accounts
        .at(START.plusSeconds(5))
        .add(
            PAYMENT_EVENTS, Events.payment("a", "p", 10).setOccurredAt(START.plusMillis(1)).build())
        .add(USAGE_EVENTS, Events.usage("a", "u").setOccurredAt(START.plusMillis(1)).build())
        .add(ACCOUNT_EVENTS, Events.grant("a", "g", 1).setOccurredAt(START.plusMillis(1)).build());

    assertThat(readAll()).isEmpty();
  }

  @Test
  void shouldRejectAnotherContentUnderTheSameIdentity() {
    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build())
        .add(USAGE_EVENTS, Events.usage("a", "u").build());
    readAll();

    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 11).build())
        .add(USAGE_EVENTS, Events.usage("a", "u").setOutputTokens(1).build());

    assertThat(readAll())
        .extracting(output -> output.as(RejectedEvent.class).getReason())
        .containsExactly(
            RejectionReason.CONFLICTING_DUPLICATE, RejectionReason.CONFLICTING_DUPLICATE);
  }

  @Test
  void shouldRechargeOnlyOnceWhileOneIsPending() {
    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build())
        .add(ACCOUNT_EVENTS, Events.autoRecharge("a", 9, 20))
        .add(USAGE_EVENTS, Events.usage("a", "u1").setInputTokens(500_000).build())
        .add(USAGE_EVENTS, Events.usage("a", "u2").setInputTokens(500_000).build());

    RechargeRequested request =
        accounts.read(RECHARGE_REQUESTS, RechargeRequested.class).stream()
            .reduce(
                (first, second) -> {
                  throw new AssertionError("two requests");
                })
            .orElseThrow();
    assertThat(request.getRechargeId()).isEqualTo("a:1");
    assertThat(request.getIdempotencyKey()).isEqualTo("a:1:1");
    assertThat(request.getAmountNanos()).isEqualTo(20 * UNIT - 17 * UNIT / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"usage-events", "authorization-requests", "payment-events", "account-events"})
  void shouldRejectARecordWithoutValue(String topic) {
    accounts.add(TopicCatalogue.byName(topic).orElseThrow(), "a", null);

    RejectedEvent rejected = onlyRejection();
    assertThat(rejected.getReason()).isEqualTo(RejectionReason.MALFORMED);
    assertThat(rejected.getSourceTopic()).isEqualTo(topic);
    assertThat(rejected.getSourceKey()).isEqualTo("a");
    assertThat(rejected.getSourceValue().remaining()).isZero();
    assertThat(rejected.getSourceLength()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"usage-events", "authorization-requests", "payment-events", "account-events"})
  void shouldRejectARecordThatBelongsOnAnotherTopic(String topic) {
    accounts.addBytes(
        TopicCatalogue.byName(topic).orElseThrow(),
        "a".getBytes(StandardCharsets.UTF_8),
        EventCodec.encode(Events.tick(START)));

    RejectedEvent rejected = onlyRejection();
    assertThat(rejected.getReason()).isEqualTo(RejectionReason.UNDECODABLE);
    assertThat(rejected.getDetail()).contains("ClockTick");
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

  static Stream<String> keysOfOthers() {
    return Stream.of("b", "A", "a ", "");
  }

  @ParameterizedTest
  @MethodSource("keysOfOthers")
  void shouldRejectAKeyThatIsNotTheAccount(String key) {
    accounts.add(PAYMENT_EVENTS, key, Events.payment("a", "p", 10).build());

    RejectedEvent rejected = onlyRejection();
    assertThat(rejected.getReason()).isEqualTo(RejectionReason.MISROUTED);
    assertThat(rejected.getSourceKey()).isEqualTo(key);
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
  void shouldReinstate() {
    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build())
        .add(ACCOUNT_EVENTS, Events.suspended("a"))
        .add(USAGE_EVENTS, Events.usage("a", "u1").build())
        .add(
            ACCOUNT_EVENTS,
            AccountReinstated.newBuilder().setAccountId("a").setOccurredAt(START).build())
        .add(USAGE_EVENTS, Events.usage("a", "u2").build());

    assertThat(accounts.read(BLOCKED_USAGE, UsageBlocked.class))
        .extracting(UsageBlocked::getReason)
        .containsExactly(BlockReason.ACCOUNT_SUSPENDED);
    assertThat(lastEntry().getCause().getId()).isEqualTo("u2");
  }

  @Test
  void shouldAlertInTheContractsOrder() {
    accounts
        .add(PAYMENT_EVENTS, Events.payment("a", "p", 10).build())
        .add(USAGE_EVENTS, Events.usage("a", "u").setInputTokens(3_600_000).build());

    assertThat(accounts.read(BALANCE_ALERTS, BalanceAlert.class))
        .extracting(BalanceAlert::getType)
        .containsExactly(AlertType.EXHAUSTED, AlertType.LOW_BALANCE, AlertType.LOW_BALANCE);
  }

  @Test
  void shouldWriteToNoTopicOutsideTheCatalogue() {
    shouldKeyEveryOutputByItsAccount();
    accounts.addBytes(AUTHORIZATION_REQUESTS, null, new byte[0]);

    assertThat(accounts.written())
        .isSubsetOf(TopicCatalogue.all().stream().map(TopicSpec::name).toList());
  }
}
