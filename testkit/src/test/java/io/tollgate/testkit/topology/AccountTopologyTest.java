package io.tollgate.testkit.topology;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCESS_POLICIES;
import static io.tollgate.schemas.topics.TopicCatalogue.PAYMENT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.PRICE_BOOK;
import static io.tollgate.testkit.Money.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.BlockReason;
import io.tollgate.events.Cause;
import io.tollgate.events.ClockTick;
import io.tollgate.events.CreditState;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.events.UsageBlocked;
import io.tollgate.events.VerificationStatus;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.testkit.Policies;
import io.tollgate.testkit.Prices;
import io.tollgate.testkit.TollgateExtension;
import io.tollgate.testkit.TollgateTestDriver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way into the topologies, and what comes out of it. */
@ExtendWith(TollgateExtension.class)
class AccountTopologyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String MODEL = "atlas-1";

  /** What 1,000 input tokens cost. */
  private static final long COST = usd("0.003");

  @BeforeEach
  void start(TollgateTestDriver driver) {
    driver.prices(MODEL, Prices.input(usd("3"))).at(START);
  }

  @Test
  void shouldChargeUsageAtItsPrices(TollgateTestDriver driver) {
    driver
        .payment("a", usd("10"))
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .expectLedgerEntry("a", EntryType.PURCHASE, usd("10"))
        .expectLedgerEntry(
            "a",
            EntryType.USAGE,
            -COST,
            entry ->
                entry
                    .setVersion(2L)
                    .setBalanceAfterNanos(usd("10") - COST)
                    .setCause(new Cause("usage-events", "usage-1", 0, 0L)));
  }

  @Test
  void shouldTakeEachPriceFromTheRecordThatFollowsIt(TollgateTestDriver driver) {
    driver
        .payment("a", usd("10"))
        .prices(MODEL, Prices.input(usd("1")))
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .prices(MODEL, Prices.input(usd("2")))
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .expectLedgerEntry("a", EntryType.PURCHASE, usd("10"))
        .expectLedgerEntry("a", EntryType.USAGE, usd("-0.001"))
        .expectLedgerEntry("a", EntryType.USAGE, usd("-0.002"))
        .expectNo(LedgerEntry.class);
  }

  @Test
  void shouldRejectUsageOfAModelWhosePricesWereRemoved(TollgateTestDriver driver) {
    driver
        .send(PRICE_BOOK, MODEL, (SpecificRecord) null)
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .expectRejected(RejectionReason.UNPRICED)
        .expectNothingMore();
  }

  @Test
  void shouldGateAModelFromItsPolicyToItsTombstone(TollgateTestDriver driver) {
    driver
        .payment("a", usd("10"))
        .policies(Policies.model(MODEL, Policies.verifiedOrganization("policy-1")))
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .verification("v", VerificationStatus.VERIFIED)
        .payment("v", usd("10"))
        .usage("v", MODEL, u -> u.setInputTokens(1_000L))
        .send(ACCESS_POLICIES, MODEL, (SpecificRecord) null)
        .usage("a", MODEL, u -> u.setInputTokens(1_000L));

    driver
        .expectBlocked(
            "a",
            BlockReason.VERIFICATION_REQUIRED,
            blocked ->
                blocked
                    .setId("usage-1")
                    .setPolicyId("policy-1")
                    .setWouldHaveCostNanos(COST)
                    .setServed(true))
        .expectNo(UsageBlocked.class);
    assertThat(driver.take(LedgerEntry.class))
        .filteredOn(entry -> entry.getType() == EntryType.USAGE)
        .extracting(LedgerEntry::getAccountId)
        .containsExactly("v", "a");
  }

  @Test
  void shouldTellAccessAndRemoveItByATombstone(TollgateTestDriver driver) {
    driver
        .payment("a", usd("10"))
        .usage("a", MODEL, u -> u.setInputTokens(3_333_333L))
        .expect(AccountAccess.newBuilder().setAccountId("a").setCreditState(CreditState.FUNDED))
        .expect(AccountAccess.newBuilder().setAccountId("a").setCreditState(CreditState.LOW))
        .expectNo(AccountAccess.class)
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .expectTombstone(AccountAccess.class, "a")
        .expectNo(AccountAccess.class)
        .expectAccess("a", CreditState.EXHAUSTED);
  }

  @Test
  void shouldSayNothingToADuplicate(TollgateTestDriver driver) {
    driver
        .payment("a", usd("10"))
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .grant("a", usd("1"))
        .skipAll()
        .at(START.plusSeconds(5))
        .payment("a", usd("10"), p -> p.setPaymentId("payment-1"))
        .usage("a", MODEL, u -> u.setEventId("usage-1").setInputTokens(1_000L))
        .grant("a", usd("1"), g -> g.setGrantId("grant-1").setEffectiveAt(START))
        .expectNothingMore();
  }

  @Test
  void shouldRejectAnotherContentUnderTheSameIdentity(TollgateTestDriver driver) {
    driver
        .payment("a", usd("10"))
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .skipAll()
        .payment("a", usd("11"), p -> p.setPaymentId("payment-1"))
        .usage("a", MODEL, u -> u.setEventId("usage-1").setInputTokens(1_001L))
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE)
        .expectNothingMore();
  }

  @Test
  void shouldRechargeOnlyOnceWhileOneIsPending(TollgateTestDriver driver) {
    driver
        .payment("a", usd("10"))
        .autoRecharge("a", usd("9"), usd("20"))
        .usage("a", MODEL, u -> u.setInputTokens(500_000L))
        .usage("a", MODEL, u -> u.setInputTokens(500_000L))
        .expectRechargeRequested(
            "a", usd("11.5"), r -> r.setRechargeId("a:1").setIdempotencyKey("a:1:1"))
        .expectNo(RechargeRequested.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"usage-events", "authorization-requests", "payment-events", "account-events"})
  void shouldRejectARecordWithoutValue(String topic, TollgateTestDriver driver) {
    driver
        .send(TopicCatalogue.byName(topic).orElseThrow(), "a", (SpecificRecord) null)
        .expectRejected(
            RejectionReason.MALFORMED,
            rejected ->
                rejected
                    .setSourceTopic(topic)
                    .setSourceKey("a")
                    .setSourceValue(ByteBuffer.allocate(0))
                    .setSourceLength(0L))
        .expectNothingMore();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"usage-events", "authorization-requests", "payment-events", "account-events"})
  void shouldRejectARecordThatBelongsOnAnotherTopic(String topic, TollgateTestDriver driver) {
    driver
        .send(
            TopicCatalogue.byName(topic).orElseThrow(),
            "a".getBytes(StandardCharsets.UTF_8),
            EventCodec.encode(new ClockTick(START)))
        .expect(
            RejectedEvent.class,
            rejected -> {
              assertThat(rejected.getReason()).isEqualTo(RejectionReason.UNDECODABLE);
              assertThat(rejected.getDetail()).contains("ClockTick");
            })
        .expectNothingMore();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b", "A", "a ", ""})
  void shouldRejectAKeyThatIsNotTheAccount(String key, TollgateTestDriver driver) {
    driver
        .send(
            PAYMENT_EVENTS,
            key,
            PaymentSucceeded.newBuilder()
                .setPaymentId("p")
                .setAccountId("a")
                .setAmountNanos(usd("10"))
                .setOccurredAt(START)
                .build())
        .expectRejected(RejectionReason.MISROUTED, rejected -> rejected.setSourceKey(key))
        .expectNothingMore();
  }

  @Test
  void shouldReinstate(TollgateTestDriver driver) {
    driver
        .payment("a", usd("10"))
        .suspend("a")
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .expectBlocked("a", BlockReason.ACCOUNT_SUSPENDED)
        .reinstate("a")
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .expectNo(UsageBlocked.class)
        .expectLedgerEntry("a", EntryType.PURCHASE, usd("10"))
        .expectLedgerEntry(
            "a",
            EntryType.USAGE,
            -COST,
            e -> e.setCause(new Cause("usage-events", "usage-2", 0, 1L)))
        .expectNo(LedgerEntry.class);
  }

  @Test
  void shouldAlertInTheContractsOrder(TollgateTestDriver driver) {
    driver
        .payment("a", usd("10"))
        .usage("a", MODEL, u -> u.setInputTokens(3_600_000L))
        .expectAlert("a", AlertType.EXHAUSTED)
        .expectAlert("a", AlertType.LOW_BALANCE)
        .expectAlert("a", AlertType.LOW_BALANCE)
        .expectNo(BalanceAlert.class);
  }

  @Test
  void shouldPublishABalanceThatWaited(TollgateTestDriver driver) {
    driver
        .payment("a", usd("10"))
        .usage("a", MODEL, u -> u.setInputTokens(1_000L))
        .expect(AccountBalance.newBuilder().setAccountId("a").setPostedNanos(usd("10")))
        .expectNo(AccountBalance.class)
        .at(START.plusMillis(9_999))
        .expectNo(AccountBalance.class)
        .at(START.plusMillis(25_000))
        .expect(
            AccountBalance.newBuilder()
                .setAccountId("a")
                .setPostedNanos(usd("10") - COST)
                .setAsOf(START.plusMillis(10_000)))
        .expectNo(AccountBalance.class);
  }
}
