package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.AccountEvent.RefundStatus.SUCCEEDED;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.RefundDecided;
import io.tollgate.domain.effect.Effect.RefundDecisionBasis;
import io.tollgate.domain.event.AccountEvent.AccountOpened;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.RefundBasis;
import io.tollgate.domain.event.AccountEvent.RefundRequested;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.event.PaymentBuilder;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a payment may be refunded, and on what ground. */
class RefundDecisionTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long DAY = 86_400_000L;

  private final AccountScenario acme = new AccountScenario().at(START);

  private static PaymentBuilder byCard(String paymentId, long cents, String card, long at) {
    return payment(paymentId, cents * CENT).card(card).occurredAt(at);
  }

  private AccountScenario opens(BuyerType buyer, @Nullable String country) {
    return acme.happens(new AccountOpened("acme", START, "USD", country, buyer));
  }

  private AccountScenario expectFinalSale(long maxCents) {
    return acme.expectRefund(false, RefundDecisionBasis.FINAL_SALE, maxCents).expectNothingMore();
  }

  private AccountScenario expect(RefundDecisionBasis basis) {
    return acme.expectRefund(true, basis, 10_00).expectNothingMore();
  }

  @ParameterizedTest
  @EnumSource(
      value = RefundBasis.class,
      names = {"BILLING_ERROR", "UNAUTHORIZED_USE", "SERVICE_FAILURE", "INCORRECT_RESTRICTION"})
  void shouldTakeAnOperatorsWord(RefundBasis basis) {
    acme.pays("p1", 10_00).soFar().asksBack("q1", "p1", basis);
    expect(RefundDecisionBasis.valueOf(basis.name()));
  }

  @Test
  void shouldSayWhatWasDecidedAndWhen() {
    acme.pays("p1", 10_00).soFar();
    acme.at(START + DAY)
        .happens(new RefundRequested("q1", "acme", "p1", RefundBasis.BILLING_ERROR, START));
    RefundDecided decided = acme.refundDecided();
    assertThat(decided.refundRequestId()).isEqualTo("q1");
    assertThat(decided.paymentId()).isEqualTo("p1");
    assertThat(decided.decidedAt()).isEqualTo(START + DAY);
  }

  @ParameterizedTest
  @EnumSource(
      value = RefundBasis.class,
      names = {"OTHER", "DUPLICATE_PAYMENT", "POLICY_CHANGE_STRANDED", "EU_WITHDRAWAL"})
  void shouldFindNoGroundWhereFactsShowNone(RefundBasis basis) {
    acme.happens(byCard("p1", 10_00, "card", START)).soFar().asksBack("q1", "p1", basis);
    expectFinalSale(10_00);
  }

  @Test
  void shouldNeverRefundFreeCreditOrWhatWasNeverPaid() {
    acme.isGranted("g1", 5_00).soFar();
    acme.asksBack("q1", "g1", RefundBasis.BILLING_ERROR);
    expectFinalSale(0);
  }

  // How much.

  @Test
  void shouldRefundAtMostWhatIsLeftUnfrozenOfThePayment() {
    acme.isGranted("g1", 5_00).pays("p1", 10_00).uses("u1", 7_00).soFar();
    acme.asksBack("q1", "p1", RefundBasis.OTHER);
    expectFinalSale(8_00);
    acme.dispute("d1", "p1", 3_00, DisputeStatus.OPEN).soFar();
    acme.asksBack("q2", "p1", RefundBasis.BILLING_ERROR)
        .expectRefund(true, RefundDecisionBasis.BILLING_ERROR, 5_00);
    acme.refund("r1", "p1", 8_00, SUCCEEDED).soFar();
    acme.asksBack("q3", "p1", RefundBasis.BILLING_ERROR)
        .expectRefund(true, RefundDecisionBasis.BILLING_ERROR, 0);
  }

  // Once.

  @Test
  void shouldDecideEachRequestOnce() {
    acme.asksBack("q1", "p1", RefundBasis.BILLING_ERROR).soFar();
    acme.pays("p1", 10_00).soFar().at(START + DAY);
    acme.asksBack("q1", "p1", RefundBasis.BILLING_ERROR).expectDuplicate();
    acme.asksBack("q1", "p1", RefundBasis.OTHER)
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE);
    acme.asksBack("q1", "p2", RefundBasis.BILLING_ERROR)
        .expectRejected(RejectionReason.CONFLICTING_DUPLICATE);
    acme.expectSilence();
  }

  // The claimed ground first, then in order.

  @Test
  void shouldTestTheClaimedGroundFirst() {
    opens(BuyerType.CONSUMER, "DE")
        .happens(byCard("p0", 10_00, "card", START))
        .happens(byCard("p1", 10_00, "card", START))
        .soFar();
    acme.asksBack("q1", "p1", RefundBasis.EU_WITHDRAWAL);
    expect(RefundDecisionBasis.EU_WITHDRAWAL);
    acme.asksBack("q2", "p1", RefundBasis.SERVICE_FAILURE);
    expect(RefundDecisionBasis.SERVICE_FAILURE);
    acme.asksBack("q3", "p1", RefundBasis.OTHER);
    expect(RefundDecisionBasis.DUPLICATE_PAYMENT);
    acme.asksBack("q4", "p0", RefundBasis.DUPLICATE_PAYMENT);
    expect(RefundDecisionBasis.EU_WITHDRAWAL);
  }

  @Test
  void shouldPreferAStrandingToAWithdrawal() {
    opens(BuyerType.CONSUMER, "DE").pays("p1", 10_00);
    strand();
    acme.soFar().asksBack("q1", "p1", RefundBasis.OTHER);
    expect(RefundDecisionBasis.POLICY_CHANGE_STRANDED);
  }

  private void strand() {
    acme.reference.put(
        new AccessPolicy("metered", List.of(new Requirement("*", "pol", START + 1, START, null))));
    acme.happens(usage("blocked").input(CENT));
  }

  // A duplicate payment.

  @ParameterizedTest
  @CsvSource({
    "p0, 1000, card, 0, true",
    "p0, 1000, card, -86400000, true",
    "p0, 1000, card, -86400001, false",
    "p0, 1000, card, 1, false",
    "p0, 1000, other, 0, false",
    "p0, 999, card, 0, false"
  })
  void shouldKnowTheLaterOfTwoEqualPaymentsByOneCardWithinADay(
      String paymentId, long cents, String card, long after, boolean duplicate) {
    acme.happens(byCard(paymentId, cents, card, START + after));
    acme.happens(byCard("p1", 10_00, "card", START)).soFar();

    acme.asksBack("q1", "p1", RefundBasis.DUPLICATE_PAYMENT);

    acme.expectRefund(
        duplicate,
        duplicate ? RefundDecisionBasis.DUPLICATE_PAYMENT : RefundDecisionBasis.FINAL_SALE,
        10_00);
  }

  @Test
  void shouldGoByTheOwnTimesOfPaymentsThatComeInAnotherOrder() {
    acme.happens(byCard("p1", 10_00, "card", START));
    acme.happens(byCard("p0", 10_00, "card", START - 1)).soFar();
    acme.asksBack("q1", "p1", RefundBasis.OTHER);
    expect(RefundDecisionBasis.DUPLICATE_PAYMENT);
    acme.asksBack("q2", "p0", RefundBasis.OTHER);
    expectFinalSale(10_00);
  }

  @Test
  void shouldGoByTheirOrderOfArrivalWhereTimesAreEqual() {
    acme.happens(byCard("second", 10_00, "card", START));
    acme.happens(byCard("first", 10_00, "card", START)).soFar();
    acme.asksBack("q1", "second", RefundBasis.OTHER);
    expectFinalSale(10_00);
    acme.asksBack("q2", "first", RefundBasis.OTHER);
    expect(RefundDecisionBasis.DUPLICATE_PAYMENT);
  }

  @Test
  void shouldNotTakeTwoPaymentsWithoutACardForDuplicates() {
    acme.pays("p0", 10_00).pays("p1", 10_00).soFar();
    acme.asksBack("q1", "p1", RefundBasis.DUPLICATE_PAYMENT);
    expectFinalSale(10_00);
  }

  // Credit stranded by a policy.

  @Test
  void shouldRefundAPaymentWhoseCreditWasStranded() {
    acme.pays("p1", 10_00);
    strand();
    acme.at(START + 2).pays("p2", 10_00).soFar();
    acme.asksBack("q1", "p1", RefundBasis.POLICY_CHANGE_STRANDED);
    expect(RefundDecisionBasis.POLICY_CHANGE_STRANDED);
    acme.asksBack("q2", "p2", RefundBasis.POLICY_CHANGE_STRANDED);
    expectFinalSale(10_00);
  }

  @Test
  void shouldStillRefundItOnceTheStrandingIsCleared() {
    acme.pays("p1", 10_00);
    strand();
    acme.verification(VerificationStatus.VERIFIED).soFar();
    acme.asksBack("q1", "p1", RefundBasis.OTHER);
    expect(RefundDecisionBasis.POLICY_CHANGE_STRANDED);
  }

  // Withdrawal.

  @ParameterizedTest
  @CsvSource({
    "CONSUMER, DE, 1209600000, true",
    "CONSUMER, NO, 0, true",
    "CONSUMER, GR, 0, true",
    "CONSUMER, DE, 1209600001, false",
    "BUSINESS, DE, 0, false",
    "CONSUMER, CH, 0, false",
    "CONSUMER, GB, 0, false",
    "CONSUMER, US, 0, false",
    "CONSUMER, , 0, false"
  })
  void shouldLetAConsumerOfTheEuropeanEconomicAreaWithdrawWithin14Days(
      BuyerType buyer, @Nullable String country, long after, boolean eligible) {
    opens(buyer, country).pays("p1", 10_00).soFar();

    acme.at(START + 20 * DAY)
        .happens(new RefundRequested("q1", "acme", "p1", RefundBasis.EU_WITHDRAWAL, START + after));

    acme.expectRefund(
        eligible,
        eligible ? RefundDecisionBasis.EU_WITHDRAWAL : RefundDecisionBasis.FINAL_SALE,
        10_00);
  }
}
