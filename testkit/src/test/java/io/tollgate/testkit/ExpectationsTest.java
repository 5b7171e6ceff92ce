package io.tollgate.testkit;

import static io.tollgate.testkit.Money.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AccountStatus;
import io.tollgate.events.AlertType;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.BlockReason;
import io.tollgate.events.CreditState;
import io.tollgate.events.CreditStranded;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RefundDecided;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.events.StrandingCleared;
import io.tollgate.events.TrialDecided;
import io.tollgate.events.UsageBlocked;
import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each sentence is met by its record, and by no other. */
class ExpectationsTest {

  @RegisterExtension
  final TollgateExtension extension = TollgateExtension.of(TestSetup.only(Relay.ofOutputs()));

  /** A record that comes out, a sentence that it meets and one that it does not. */
  private record Sentence(
      String text,
      SpecificRecord record,
      Consumer<TollgateTestDriver> met,
      Consumer<TollgateTestDriver> unmet) {

    @Override
    public String toString() {
      return text;
    }
  }

  static List<Sentence> sentences() {
    return List.of(
        new Sentence(
            "expectLedgerEntry",
            LedgerEntry.newBuilder()
                .setAccountId("acme")
                .setType(EntryType.USAGE)
                .setAmountNanos(usd("-5"))
                .setVersion(2)
                .build(),
            d -> d.expectLedgerEntry("acme", EntryType.USAGE, usd("-5"), e -> e.setVersion(2L)),
            d -> d.expectLedgerEntry("acme", EntryType.USAGE, usd("-5"), e -> e.setVersion(3L))),
        new Sentence(
            "expectLedgerEntry, type",
            LedgerEntry.newBuilder().setAccountId("acme").setType(EntryType.GRANT).build(),
            d -> d.expectLedgerEntry("acme", EntryType.GRANT, 0),
            d -> d.expectLedgerEntry("acme", EntryType.USAGE, 0)),
        new Sentence(
            "expectAlert",
            BalanceAlert.newBuilder().setAccountId("acme").setType(AlertType.LOW_BALANCE).build(),
            d -> d.expectAlert("acme", AlertType.LOW_BALANCE),
            d -> d.expectAlert("acme", AlertType.EXHAUSTED)),
        new Sentence(
            "expectRechargeRequested",
            RechargeRequested.newBuilder().setAccountId("acme").setAmountNanos(usd("20")).build(),
            d -> d.expectRechargeRequested("acme", usd("20")),
            d -> d.expectRechargeRequested("acme", usd("21"))),
        new Sentence(
            "expectAllowed",
            AuthorizationDecided.newBuilder()
                .setAccountId("acme")
                .setAuthorizationId("auth")
                .setOutcome(AuthorizationOutcome.ALLOWED)
                .setHeldNanos(7)
                .build(),
            d -> d.expectAllowed("acme", "auth", a -> a.setHeldNanos(7L)),
            d -> d.expectAllowed("acme", "other")),
        new Sentence(
            "expectDenied",
            AuthorizationDecided.newBuilder()
                .setAccountId("acme")
                .setAuthorizationId("auth")
                .setOutcome(AuthorizationOutcome.DENIED)
                .setReason(BlockReason.INSUFFICIENT_CREDIT)
                .build(),
            d -> d.expectDenied("acme", "auth", BlockReason.INSUFFICIENT_CREDIT),
            d -> d.expectDenied("acme", "auth", BlockReason.ACCOUNT_SUSPENDED)),
        new Sentence(
            "expectAllowed, denied",
            AuthorizationDecided.newBuilder()
                .setAccountId("acme")
                .setAuthorizationId("auth")
                .setOutcome(AuthorizationOutcome.DENIED)
                .setReason(BlockReason.UNPRICED_MODEL)
                .build(),
            d -> d.expectDenied("acme", "auth", BlockReason.UNPRICED_MODEL),
            d -> d.expectAllowed("acme", "auth")),
        new Sentence(
            "expectBlocked",
            UsageBlocked.newBuilder()
                .setAccountId("acme")
                .setReason(BlockReason.VERIFICATION_REQUIRED)
                .build(),
            d -> d.expectBlocked("acme", BlockReason.VERIFICATION_REQUIRED),
            d -> d.expectBlocked("acme", BlockReason.INSUFFICIENT_CREDIT)),
        new Sentence(
            "expectTrial",
            TrialDecided.newBuilder().setAccountId("acme").setGranted(true).build(),
            d -> d.expectTrial("acme", true),
            d -> d.expectTrial("acme", false)),
        new Sentence(
            "expectStranded",
            CreditStranded.newBuilder()
                .setAccountId("acme")
                .setLotId("payment-1")
                .setAmountNanos(5)
                .build(),
            d -> d.expectStranded("acme", "payment-1", 5),
            d -> d.expectStranded("acme", "payment-2", 5)),
        new Sentence(
            "expectStrandingCleared",
            StrandingCleared.newBuilder()
                .setAccountId("acme")
                .setLotId("payment-1")
                .setAmountNanos(5)
                .build(),
            d -> d.expectStrandingCleared("acme", "payment-1", 5),
            d -> d.expectStrandingCleared("acme", "payment-1", 6)),
        new Sentence(
            "expectRefundDecided",
            RefundDecided.newBuilder()
                .setAccountId("acme")
                .setPaymentId("payment-1")
                .setEligible(true)
                .build(),
            d -> d.expectRefundDecided("acme", "payment-1", true),
            d -> d.expectRefundDecided("acme", "payment-1", false)),
        new Sentence(
            "expectRejected",
            RejectedEvent.newBuilder()
                .setReason(RejectionReason.UNPRICED)
                .setSourceKey("acme")
                .build(),
            d -> d.expectRejected(RejectionReason.UNPRICED, r -> r.setSourceKey("acme")),
            d -> d.expectRejected(RejectionReason.OVERFLOW)),
        new Sentence(
            "expect, a balance",
            AccountBalance.newBuilder().setAccountId("acme").setPostedNanos(5).build(),
            d -> d.expect(AccountBalance.newBuilder().setAccountId("acme").setPostedNanos(5)),
            d -> d.expect(AccountBalance.newBuilder().setAccountId("acme").setPostedNanos(6))),
        new Sentence(
            "expectAccess",
            AccountAccess.newBuilder()
                .setAccountId("acme")
                .setCreditState(CreditState.LOW)
                .setStatus(AccountStatus.SUSPENDED)
                .build(),
            d -> d.expectAccess("acme", CreditState.LOW, a -> a.setStatus(AccountStatus.SUSPENDED)),
            d -> d.expectAccess("acme", CreditState.LOW, a -> a.setStatus(AccountStatus.ACTIVE))));
  }

  @BeforeEach
  void start(TollgateTestDriver driver) {
    driver.at("2026-09-01T00:00:00Z");
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void shouldBeMetByItsRecordAndTakeIt(Sentence sentence, TollgateTestDriver driver) {
    driver.send(Relay.SAY, "acme", sentence.record());

    assertThatThrownBy(() -> sentence.unmet().accept(driver)).isInstanceOf(AssertionError.class);
    sentence.met().accept(driver);
    driver.expectNothingMore();
  }

  @Test
  void shouldHaveASentenceForEveryRecordThatComesOut() {
    Set<Schema> outputs = new HashSet<>();
    TopicCatalogue.all().stream()
        .filter(topic -> topic.direction() == Direction.OUT)
        .forEach(topic -> outputs.addAll(topic.records()));

    assertThat(sentences())
        .extracting(sentence -> sentence.record().getSchema())
        .containsAll(outputs);
  }

  @Test
  void shouldTakeRecordsOfAnAccountInOrderAndLeaveThoseOfOthers(TollgateTestDriver driver) {
    driver
        .send(Relay.SAY, "zeta", alert("zeta", AlertType.EXHAUSTED))
        .send(Relay.SAY, "acme", alert("acme", AlertType.LOW_BALANCE))
        .send(Relay.SAY, "acme", alert("acme", AlertType.EXHAUSTED));

    assertThatThrownBy(() -> driver.expectAlert("acme", AlertType.EXHAUSTED))
        .isInstanceOf(AssertionError.class);
    driver
        .expectAlert("acme", AlertType.LOW_BALANCE)
        .expectAlert("acme", AlertType.EXHAUSTED)
        .expectAlert("zeta", AlertType.EXHAUSTED)
        .expectNothingMore();
  }

  @Test
  void shouldMindTheFieldsThatAreSetAlone(TollgateTestDriver driver) {
    BalanceAlert alert =
        BalanceAlert.newBuilder()
            .setAccountId("acme")
            .setType(AlertType.LOW_BALANCE)
            .setLevelNanos(5L)
            .setBalanceNanos(4)
            .build();
    driver.send(Relay.SAY, "acme", alert);

    assertThatThrownBy(
            () -> driver.expectAlert("acme", AlertType.LOW_BALANCE, a -> a.setLevelNanos(null)))
        .as("set to null is not left out")
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("levelNanos: expected null, but was 5");
    assertThatThrownBy(
            () -> driver.expectAlert("acme", AlertType.LOW_BALANCE, a -> a.setBalanceNanos(0L)))
        .as("set to the default is not left out")
        .isInstanceOf(AssertionError.class);
    driver.expectAlert("acme", AlertType.LOW_BALANCE, a -> a.setBalanceNanos(4L));
  }

  @Test
  void shouldKnowWhatGatewaysKnowOfAnAccount(TollgateTestDriver driver) {
    driver.expectAccess("acme", CreditState.EXHAUSTED, a -> a.setVerified(false));

    driver.send(
        Relay.SAY,
        "acme",
        AccountAccess.newBuilder().setAccountId("acme").setCreditState(CreditState.FUNDED).build());
    driver.expectAccess("acme", CreditState.FUNDED).expectAccess("acme", CreditState.FUNDED);
  }

  @Test
  void shouldSayThatNoAccountHasABalanceWithoutTollgate(TollgateTestDriver driver) {
    assertThatThrownBy(() -> driver.expectBalance("acme", 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Tollgate does not run in this test");
  }

  private static BalanceAlert alert(String account, AlertType type) {
    return BalanceAlert.newBuilder().setAccountId(account).setType(type).build();
  }
}
