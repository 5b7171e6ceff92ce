package io.tollgate.testkit;

import static io.tollgate.testkit.Money.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AccountOpened;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.AlertLevelsConfigured;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.CreditGranted;
import io.tollgate.events.CreditVoided;
import io.tollgate.events.DisputeStatus;
import io.tollgate.events.DisputeUpdated;
import io.tollgate.events.IssuerCleared;
import io.tollgate.events.OverdraftConfigured;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentRefunded;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.PhoneVerified;
import io.tollgate.events.RefundBasis;
import io.tollgate.events.RefundRequested;
import io.tollgate.events.RefundStatus;
import io.tollgate.events.SpendLimitConfigured;
import io.tollgate.events.SpendLimitEnforcement;
import io.tollgate.events.UsageEvent;
import io.tollgate.events.VerificationStatus;
import io.tollgate.events.VerificationUpdated;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sentence puts its record, and nothing else, on its topic. */
class InputsTest {

  private static final Instant NOW = Instant.parse("2026-09-01T00:00:00Z");

  @RegisterExtension
  final TollgateExtension extension = TollgateExtension.of(TestSetup.only(Relay.ofInputs()));

  /** A sentence and the record that it means. */
  private record Sentence(String text, Consumer<TollgateTestDriver> says, SpecificRecord record) {

    @Override
    public String toString() {
      return text;
    }
  }

  static List<Sentence> sentences() {
    List<Sentence> all = new ArrayList<>();
    all.add(
        new Sentence(
            "usage",
            d -> d.usage("acme", "atlas", u -> u.setInputTokens(700L), u -> u.setOutputTokens(5L)),
            UsageEvent.newBuilder()
                .setEventId("usage-1")
                .setAccountId("acme")
                .setOccurredAt(NOW)
                .setModel("atlas")
                .setInputTokens(700)
                .setOutputTokens(5)
                .build()));
    all.add(
        new Sentence(
            "authorize",
            d -> d.authorize("acme", "auth", a -> a.setModel("atlas").setInputTokens(700L)),
            AuthorizationRequested.newBuilder()
                .setAuthorizationId("auth")
                .setAccountId("acme")
                .setRequestedAt(NOW)
                .setModel("atlas")
                .setInputTokens(700)
                .build()));
    all.add(
        new Sentence(
            "release",
            d -> d.release("acme", "auth", r -> r.setSettledUsage(2L)),
            AuthorizationReleased.newBuilder()
                .setAuthorizationId("auth")
                .setAccountId("acme")
                .setReleasedAt(NOW)
                .setSettledUsage(2L)
                .build()));
    all.add(
        new Sentence(
            "payment",
            d -> d.payment("acme", usd("10"), p -> p.setCardFingerprint("card")),
            PaymentSucceeded.newBuilder()
                .setPaymentId("payment-1")
                .setAccountId("acme")
                .setAmountNanos(usd("10"))
                .setOccurredAt(NOW)
                .setCardFingerprint("card")
                .build()));
    all.add(
        new Sentence(
            "paymentFailed",
            d -> d.paymentFailed("acme", usd("10"), "expired_card", p -> p.setAttempt(1)),
            PaymentFailed.newBuilder()
                .setPaymentId("payment-1")
                .setAccountId("acme")
                .setAmountNanos(usd("10"))
                .setOccurredAt(NOW)
                .setDeclineCode("expired_card")
                .setAttempt(1)
                .build()));
    all.add(
        new Sentence(
            "refund",
            d -> d.refund("acme", "payment-1", usd("4"), RefundStatus.SUCCEEDED),
            PaymentRefunded.newBuilder()
                .setRefundId("refund-of-payment-1")
                .setPaymentId("payment-1")
                .setAccountId("acme")
                .setAmountNanos(usd("4"))
                .setStatus(RefundStatus.SUCCEEDED)
                .setOccurredAt(NOW)
                .build()));
    all.add(
        new Sentence(
            "dispute",
            d -> d.dispute("acme", "payment-1", usd("4"), DisputeStatus.OPEN),
            DisputeUpdated.newBuilder()
                .setDisputeId("dispute-of-payment-1")
                .setPaymentId("payment-1")
                .setAccountId("acme")
                .setAmountNanos(usd("4"))
                .setStatus(DisputeStatus.OPEN)
                .setOccurredAt(NOW)
                .build()));
    all.add(
        new Sentence(
            "issuerCleared",
            d -> d.issuerCleared("acme", i -> i.setCardFingerprint("card")),
            IssuerCleared.newBuilder()
                .setAccountId("acme")
                .setCardFingerprint("card")
                .setOccurredAt(NOW)
                .build()));
    all.add(
        new Sentence(
            "opened",
            d -> d.opened("acme", o -> o.setCountry("DE")),
            AccountOpened.newBuilder()
                .setAccountId("acme")
                .setOpenedAt(NOW)
                .setCountry("DE")
                .build()));
    all.add(
        new Sentence(
            "phoneVerified",
            d -> d.phoneVerified("acme", "hash"),
            PhoneVerified.newBuilder()
                .setAccountId("acme")
                .setPhoneHash("hash")
                .setVerifiedAt(NOW)
                .build()));
    all.add(
        new Sentence(
            "verification",
            d ->
                d.verification(
                    "acme", VerificationStatus.VERIFIED, v -> v.setIdentityHash("identity")),
            VerificationUpdated.newBuilder()
                .setAccountId("acme")
                .setStatus(VerificationStatus.VERIFIED)
                .setIdentityHash("identity")
                .setOccurredAt(NOW)
                .build()));
    all.add(
        new Sentence(
            "autoRecharge",
            d -> d.autoRecharge("acme", usd("5"), usd("20"), r -> r.setMonthlyLimitNanos(usd("9"))),
            AutoRechargeConfigured.newBuilder()
                .setAccountId("acme")
                .setEnabled(true)
                .setThresholdNanos(usd("5"))
                .setTargetNanos(usd("20"))
                .setMonthlyLimitNanos(usd("9"))
                .setOccurredAt(NOW)
                .build()));
    all.add(
        new Sentence(
            "alertLevels",
            d -> d.alertLevels("acme", usd("9"), usd("2")),
            AlertLevelsConfigured.newBuilder()
                .setAccountId("acme")
                .setLevelsNanos(List.of(usd("9"), usd("2")))
                .setOccurredAt(NOW)
                .build()));
    all.add(
        new Sentence(
            "spendLimit",
            d -> d.spendLimit("acme", usd("9"), s -> s.setEnforcement(SpendLimitEnforcement.BLOCK)),
            SpendLimitConfigured.newBuilder()
                .setAccountId("acme")
                .setMonthlyLimitNanos(usd("9"))
                .setEnforcement(SpendLimitEnforcement.BLOCK)
                .setOccurredAt(NOW)
                .build()));
    all.add(
        new Sentence(
            "overdraft",
            d -> d.overdraft("acme", usd("2")),
            OverdraftConfigured.newBuilder()
                .setAccountId("acme")
                .setLimitNanos(usd("2"))
                .setOccurredAt(NOW)
                .build()));
    all.add(
        new Sentence(
            "grant",
            d -> d.grant("acme", usd("2"), g -> g.setPriority(9)),
            CreditGranted.newBuilder()
                .setGrantId("grant-1")
                .setAccountId("acme")
                .setAmountNanos(usd("2"))
                .setEffectiveAt(NOW)
                .setOccurredAt(NOW)
                .setPriority(9)
                .build()));
    all.add(
        new Sentence(
            "voidGrant",
            d -> d.voidGrant("acme", "grant-1", v -> v.setReason("mistake")),
            CreditVoided.newBuilder()
                .setGrantId("grant-1")
                .setAccountId("acme")
                .setOccurredAt(NOW)
                .setReason("mistake")
                .build()));
    all.add(
        new Sentence(
            "suspend",
            d -> d.suspend("acme", s -> s.setReason("fraud")),
            AccountSuspended.newBuilder()
                .setAccountId("acme")
                .setOccurredAt(NOW)
                .setReason("fraud")
                .build()));
    all.add(
        new Sentence(
            "reinstate",
            d -> d.reinstate("acme"),
            AccountReinstated.newBuilder().setAccountId("acme").setOccurredAt(NOW).build()));
    all.add(
        new Sentence(
            "refundRequest",
            d -> d.refundRequest("acme", "payment-1", RefundBasis.EU_WITHDRAWAL),
            RefundRequested.newBuilder()
                .setRefundRequestId("refund-request-1")
                .setAccountId("acme")
                .setPaymentId("payment-1")
                .setBasis(RefundBasis.EU_WITHDRAWAL)
                .setOccurredAt(NOW)
                .build()));
    all.add(
        new Sentence(
            "policies",
            d -> d.policies(Policies.model("acme", Policies.verifiedOrganization("p"))),
            Policies.model("acme", Policies.verifiedOrganization("p"))));
    all.add(
        new Sentence(
            "prices",
            d -> d.prices("acme", Prices.input(usd("2"))),
            Prices.model("acme", Prices.input(usd("2")))));
    return all;
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void shouldPutTheRecordOnItsTopicNow(Sentence sentence, TollgateTestDriver driver) {
    driver.at(NOW);

    sentence.says().accept(driver);

    driver.expect(Relay.HEARD, "acme", sentence.record()).expectNothingMore();
  }

  @Test
  void shouldHaveASentenceForEveryRecordThatGoesIn() {
    assertThat(sentences())
        .extracting(sentence -> sentence.record().getSchema())
        .containsExactlyInAnyOrderElementsOf(
            TopicCatalogue.all().stream()
                .filter(topic -> topic.direction() == Direction.IN)
                .flatMap(topic -> topic.records().stream())
                .toList());
  }

  @Test
  void shouldNumberTheIdentitiesOfEachKindAndTakeOthers(TollgateTestDriver driver) {
    driver
        .at(NOW)
        .payment("acme", usd("1"))
        .payment("zeta", usd("1"))
        .payment("acme", usd("1"), p -> p.setPaymentId("mine"))
        .grant("acme", usd("1"));

    assertThat(driver.take(Relay.HEARD))
        .extracting(heard -> heard.key + " " + heard.value.get(0))
        .containsExactly("acme payment-1", "zeta payment-2", "acme mine", "acme grant-1");
  }

  @Test
  void shouldTakeTheTimeOfNowUnlessItIsSet(TollgateTestDriver driver) {
    Instant later = NOW.plusSeconds(60);
    driver
        .at(NOW)
        .payment("acme", usd("1"))
        .at(later)
        .payment("acme", usd("1"))
        .payment("acme", usd("1"), p -> p.setOccurredAt(NOW.minusSeconds(60)));

    assertThat(driver.take(Relay.HEARD))
        .extracting(heard -> ((PaymentSucceeded) heard.value).getOccurredAt())
        .containsExactly(NOW, later, NOW.minusSeconds(60));
  }

  @Test
  void shouldSendAnyRecordUnderAnyKeyAndTombstones(TollgateTestDriver driver) {
    PaymentSucceeded payment = PaymentSucceeded.newBuilder().setAccountId("acme").build();
    driver
        .at(NOW)
        .send(payment)
        .send(TopicCatalogue.PAYMENT_EVENTS, "other", payment)
        .send(TopicCatalogue.ACCOUNT_EVENTS, null, payment)
        .send(TopicCatalogue.PRICE_BOOK, "atlas", (SpecificRecord) null);

    driver
        .expect(Relay.HEARD, "acme", payment)
        .expect(Relay.HEARD, "other", payment)
        .expect(Relay.HEARD, null, payment)
        .expect(Relay.HEARD, "atlas", null)
        .expectNothingMore();
  }
}
