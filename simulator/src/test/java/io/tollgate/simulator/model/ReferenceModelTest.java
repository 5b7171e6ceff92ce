package io.tollgate.simulator.model;

import static io.tollgate.simulator.model.Scenario.DOLLAR;
import static io.tollgate.simulator.model.Scenario.ORG;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.simulator.history.Events;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenarios worked out by hand from the contract. */
class ReferenceModelTest {
  private final Scenario scenario = new Scenario();

  @Test
  void shouldCarryFractionsOfOneNano() {
    scenario.purchase("p", DOLLAR);
    long[] debited = new long[5];
    for (int i = 0; i < debited.length; i++) {
      scenario.usage(scenario.usageOf(0).put("outputTokens", 1)); // 0.4 nano each
      debited[i] = -scenario.the("LedgerEntry").path("amountNanos").asLong();
    }
    assertThat(debited).containsExactly(0, 0, 1, 0, 1);
  }

  @Test
  void shouldDrainFreeThenSoonestThenOldest() {
    scenario.purchase("paid", 10).grant("late", 10, scenario.now(), "2026-05-01T00:00:00.000Z");
    scenario.grant("soon", 10, scenario.now(), "2026-04-01T00:00:00.000Z").usage(25);

    assertThat(scenario.the("LedgerEntry").path("lotMovements").toString())
        .isEqualTo(
            "[{\"lotId\":\"soon\",\"deltaNanos\":-10},{\"lotId\":\"late\",\"deltaNanos\":-10},"
                + "{\"lotId\":\"paid\",\"deltaNanos\":-5}]");
  }

  @Test
  void shouldOweWriteOffAndBlock() {
    JsonNode entry = scenario.purchase("p", DOLLAR).usage(3 * DOLLAR).the("LedgerEntry");
    assertThat(entry.path("amountNanos").asLong()).isEqualTo(-2 * DOLLAR);
    assertThat(entry.path("debtAfterNanos").asLong()).isEqualTo(DOLLAR);
    assertThat(entry.path("writtenOffNanos").asLong()).isEqualTo(DOLLAR);
    assertThat(scenario.alerts()).containsExactly("EXHAUSTED", "OVERDRAFT_WRITTEN_OFF");

    JsonNode blocked = scenario.usage(7).the("UsageBlocked");
    assertThat(blocked.path("reason").asText()).isEqualTo("INSUFFICIENT_CREDIT");
    assertThat(blocked.path("wouldHaveCostNanos").asLong()).isEqualTo(7);
    assertThat(blocked.path("served").asBoolean()).isTrue();
    assertThat(scenario.all("LedgerEntry")).isEmpty();

    JsonNode credit = scenario.purchase("p2", 5 * DOLLAR).the("LedgerEntry");
    assertThat(credit.path("amountNanos").asLong()).isEqualTo(5 * DOLLAR);
    assertThat(credit.path("lotMovements").path(0).path("deltaNanos").asLong())
        .isEqualTo(4 * DOLLAR);
  }

  @Test
  void shouldPassOverDuplicatesAndRejectConflicts() {
    scenario.purchase("p", DOLLAR);
    ObjectNode usage = scenario.usageOf(5);
    assertThat(scenario.usage(usage).all("LedgerEntry")).hasSize(1);
    ObjectNode again = usage.deepCopy().put("occurredAt", "2025-12-31T23:00:00.000Z");
    assertThat(scenario.usage(again).caused()).isEmpty();
    ObjectNode other = usage.deepCopy().put("inputTokens", 6);
    assertThat(scenario.usage(other).rejections()).containsExactly("CONFLICTING_DUPLICATE");
    assertThat(scenario.caused()).hasSize(1);
  }

  @Test
  void shouldRejectOutsideTimeWindow() {
    scenario.purchase("p", DOLLAR).at("2026-03-01T00:00:00.000Z");
    scenario.usage(scenario.usageOf(1).put("occurredAt", "2026-01-25T00:00:00.000Z"));
    assertThat(scenario.rejections()).isEmpty();
    scenario.usage(scenario.usageOf(1).put("occurredAt", "2026-01-24T23:59:59.999Z"));
    assertThat(scenario.rejections()).containsExactly("TOO_LATE");
    scenario.usage(scenario.usageOf(1).put("occurredAt", "2026-03-01T01:00:00.000Z"));
    assertThat(scenario.rejections()).isEmpty();
    scenario.usage(scenario.usageOf(1).put("occurredAt", "2026-03-01T01:00:00.001Z"));
    assertThat(scenario.rejections()).containsExactly("IN_THE_FUTURE");
  }

  @Test
  void shouldStrandCreditAtTheGateUntilVerified() {
    scenario.purchase("p", DOLLAR).at("2026-02-01T00:00:00.000Z");
    ObjectNode policy = Events.policy("m");
    Events.addRequirement(policy, "*", "pol", scenario.now(), scenario.now(), null);
    scenario.modelRecord("access-policies", "ModelAccessPolicy", policy).usage(7);
    assertThat(scenario.the("UsageBlocked").path("reason").asText())
        .isEqualTo("VERIFICATION_REQUIRED");
    assertThat(scenario.the("CreditStranded").path("amountNanos").asLong()).isEqualTo(DOLLAR);
    assertThat(scenario.usage(7).all("CreditStranded")).isEmpty();

    scenario.send(
        "account-events",
        "VerificationUpdated",
        Events.verification(ORG, scenario.now(), "VERIFIED", null));
    assertThat(scenario.the("StrandingCleared").path("policyId").asText()).isEqualTo("pol");
    assertThat(scenario.the("AccountAccess").path("verified").asBoolean()).isTrue();
    assertThat(scenario.usage(7).all("LedgerEntry")).hasSize(1);
  }

  @Test
  void shouldFireLevelsOnceAndArmAgain() {
    assertThat(scenario.purchase("p", 6 * DOLLAR).alerts()).isEmpty();
    scenario.usage(DOLLAR);
    assertThat(scenario.the("BalanceAlert").path("alertId").asText())
        .isEqualTo("org:LOW_BALANCE:5000000000:1");
    assertThat(scenario.usage(DOLLAR).alerts()).isEmpty();
    assertThat(scenario.purchase("p2", DOLLAR + DOLLAR / 2 - 1).alerts()).isEmpty();
    scenario.purchase("p3", 1);
    assertThat(scenario.the("BalanceAlert").path("alertId").asText())
        .isEqualTo("org:BALANCE_RECOVERED:5000000000:2");
    scenario.usage(5 * DOLLAR + DOLLAR / 2);
    assertThat(scenario.alerts()).containsExactly("EXHAUSTED", "LOW_BALANCE", "LOW_BALANCE");
  }

  @Test
  void shouldProjectExhaustionFromThisHourAndTheLast() {
    scenario.purchase("p", 8 * DOLLAR).at("2026-01-01T00:30:00.000Z").usage(2 * DOLLAR);
    scenario.at("2026-01-01T01:30:00.000Z").usage(DOLLAR);
    // 1 in this hour and half of the 2 in the last: 2 an hour, 5 are left.
    assertThat(scenario.the("BalanceAlert").path("projectedExhaustionAt").asText())
        .isEqualTo("2026-01-01T04:00:00.000Z");
  }

  @Test
  void shouldSendRechargeAgainUntilItStalls() {
    scenario.purchase("p", DOLLAR).recharge(DOLLAR, 20 * DOLLAR, null);
    JsonNode request = scenario.the("RechargeRequested");
    assertThat(request.path("amountNanos").asLong()).isEqualTo(19 * DOLLAR);
    assertThat(request.path("reason").asText()).isEqualTo("BELOW_THRESHOLD");

    scenario.advanceTo("2026-01-01T02:00:00.000Z");
    assertThat(scenario.all("RechargeRequested"))
        .extracting(again -> again.path("requestedAt").asText())
        .containsExactly(
            "2026-01-01T00:15:00.000Z", "2026-01-01T00:30:00.000Z", "2026-01-01T00:45:00.000Z");
    assertThat(scenario.all("RechargeRequested"))
        .allMatch(again -> again.path("idempotencyKey").asText().equals("org:1:1"));
    assertThat(scenario.alerts()).containsExactly("RECHARGE_STALLED");

    ObjectNode late = Events.purchase("p2", ORG, scenario.now(), 19 * DOLLAR);
    scenario.send("payment-events", "PaymentSucceeded", late.put("rechargeId", "org:1"));
    assertThat(scenario.posted()).isEqualTo(20 * DOLLAR);
    scenario.usage(19 * DOLLAR);
    assertThat(scenario.the("RechargeRequested").path("rechargeId").asText()).isEqualTo("org:2");
  }

  @Test
  void shouldCutRechargeToMonthlyLimitAndWaitForMonth() {
    scenario.recharge(0, 20 * DOLLAR, 24 * DOLLAR);
    assertThat(scenario.the("RechargeRequested").path("amountNanos").asLong())
        .isEqualTo(20 * DOLLAR);
    ObjectNode success = Events.purchase("p", ORG, scenario.now(), 20 * DOLLAR);
    scenario.send("payment-events", "PaymentSucceeded", success.put("rechargeId", "org:1"));
    scenario.usage(20 * DOLLAR);
    assertThat(scenario.all("RechargeRequested")).isEmpty();
    assertThat(scenario.alerts()).contains("RECHARGE_LIMIT_REACHED");
    scenario.advanceTo("2026-02-01T00:00:00.000Z");
    assertThat(scenario.the("RechargeRequested").path("rechargeId").asText()).isEqualTo("org:2");
  }

  @Test
  void shouldClassDeclinesAndStopAtTheFourth() {
    scenario.recharge(0, 5 * DOLLAR, null);
    decline(1, "do_not_honor");
    assertThat(scenario.alerts()).containsExactly("RECHARGE_FAILED", "CONTACT_ISSUER");
    scenario.advanceTo("2026-01-01T01:00:00.000Z");
    assertThat(scenario.the("RechargeRequested").path("idempotencyKey").asText())
        .isEqualTo("org:1:2");
    decline(2, "insufficient_funds");
    assertThat(scenario.alerts()).isEmpty();
    scenario.advanceTo("2026-01-02T01:00:00.000Z");
    decline(3, "insufficient_funds");
    scenario.advanceTo("2026-01-05T01:00:00.000Z");
    decline(4, "insufficient_funds");
    assertThat(scenario.alerts()).containsExactly("RECHARGE_DISABLED");
  }

  private void decline(long attempt, String code) {
    ObjectNode event = Events.decline("d" + attempt, ORG, scenario.now(), 5 * DOLLAR, code);
    event.put("rechargeId", "org:1").put("attempt", attempt);
    scenario.send("payment-events", "PaymentFailed", event);
  }

  @Test
  void shouldWaitForBudgetOfCard() {
    for (int day = 1; day <= 15; day++) {
      scenario.at(String.format("2026-01-%02dT00:00:00.000Z", day));
      ObjectNode decline =
          Events.decline("d" + day, "other", scenario.now(), DOLLAR, "expired_card");
      scenario.send("payment-events", "PaymentFailed", decline.put("cardFingerprint", "card"));
    }
    ObjectNode purchase = Events.purchase("p", ORG, scenario.now(), DOLLAR);
    scenario.send("payment-events", "PaymentSucceeded", purchase.put("cardFingerprint", "card"));
    scenario.recharge(DOLLAR, 10 * DOLLAR, null);
    assertThat(scenario.all("RechargeRequested")).isEmpty();
    assertThat(scenario.the("BalanceAlert").path("alertId").asText())
        .isEqualTo("org:RECHARGE_DELAYED:org:1:1:2026-01-31T00:00:00.000Z");
    scenario.advanceTo("2026-01-31T00:00:00.000Z");
    assertThat(scenario.the("RechargeRequested").path("reason").asText())
        .isEqualTo("BELOW_THRESHOLD");
  }

  @Test
  void shouldExpireForLateUsageOnlyThenWriteOff() {
    scenario.grant("g", 10 * DOLLAR, scenario.now(), "2026-03-01T00:00:00.000Z");
    scenario.advanceTo("2026-02-28T23:59:59.999Z");
    assertThat(scenario.all("BalanceAlert"))
        .extracting(alert -> alert.path("alertId").asText())
        .containsExactly("org:EXPIRY_SOON:g:30", "org:EXPIRY_SOON:g:7", "org:EXPIRY_SOON:g:1");

    scenario.advanceTo("2026-03-01T00:00:00.000Z");
    assertThat(scenario.the("AccountBalance").path("availableNanos").asLong()).isZero();
    assertThat(scenario.all("AccountAccess")).hasSize(1);

    ObjectNode late = scenario.usageOf(DOLLAR).put("occurredAt", "2026-02-28T23:59:59.999Z");
    assertThat(scenario.usage(late).the("LedgerEntry").path("debtAfterNanos").asLong()).isZero();

    scenario.advanceTo("2026-03-01T01:00:00.000Z");
    assertThat(scenario.the("LedgerEntry").path("amountNanos").asLong()).isEqualTo(-9 * DOLLAR);
    assertThat(scenario.the("LedgerEntry").path("cause").path("topic").asText())
        .isEqualTo("deadline");
    assertThat(scenario.alerts()).contains("EXHAUSTED", "CREDIT_EXPIRED");
  }

  @Test
  void shouldKeepExpiredMoneyForHoldsFromBefore() {
    scenario.grant("g", 10 * DOLLAR, scenario.now(), "2026-01-01T00:05:00.000Z");
    ObjectNode request = Events.authorization("a", ORG, scenario.now(), "m");
    request.put("inputTokens", 4 * DOLLAR).put("ttlMillis", 2 * 3_600_000L);
    scenario.send("authorization-requests", "AuthorizationRequested", request);
    scenario.advanceTo("2026-01-01T01:05:00.000Z");
    assertThat(scenario.the("LedgerEntry").path("amountNanos").asLong()).isEqualTo(-6 * DOLLAR);
    assertThat(scenario.balance().path("availableNanos").asLong()).isZero();

    ObjectNode settling = scenario.usageOf(3 * DOLLAR).put("authorizationId", "a");
    List<JsonNode> entries = scenario.usage(settling).all("LedgerEntry");
    assertThat(entries)
        .extracting(entry -> entry.path("type").asText())
        .containsExactly("USAGE", "EXPIRY");
    assertThat(scenario.posted()).isZero();
  }

  @Test
  void shouldStartGrantsByDeadlineAndIgnoreVoidedOnes() {
    scenario.grant("g", 7, "2026-01-01T01:00:00.000Z", null);
    assertThat(scenario.all("LedgerEntry")).isEmpty();
    scenario.send("account-events", "CreditVoided", Events.grantVoided("v", ORG, scenario.now()));
    scenario.grant("v", 9, "2026-01-01T01:00:00.000Z", null);
    scenario.advanceTo("2026-01-01T01:00:00.000Z");
    JsonNode entry = scenario.the("LedgerEntry");
    assertThat(entry.path("occurredAt").asText()).isEqualTo("2026-01-01T01:00:00.000Z");
    assertThat(entry.path("cause").path("id").asText()).isEqualTo("g");
    assertThat(scenario.posted()).isEqualTo(7);

    scenario.send("account-events", "CreditVoided", Events.grantVoided("g", ORG, scenario.now()));
    assertThat(scenario.the("LedgerEntry").path("type").asText()).isEqualTo("VOID");
  }

  @Test
  void shouldHoldSettleAndFlag() {
    scenario.purchase("p", 10).authorize("a", 8);
    assertThat(scenario.the("AuthorizationDecided").path("availableNanos").asLong()).isEqualTo(2);
    scenario.authorize("b", 3);
    assertThat(scenario.the("AuthorizationDecided").path("reason").asText())
        .isEqualTo("INSUFFICIENT_CREDIT");
    assertThat(scenario.the("UsageBlocked").path("served").asBoolean()).isFalse();

    scenario.usage(scenario.usageOf(9).put("authorizationId", "a"));
    assertThat(scenario.the("LedgerEntry").path("flags").toString()).isEqualTo("[\"OVERRUN\"]");
    assertThat(scenario.balance().path("heldNanos").asLong()).isZero();
    scenario.usage(scenario.usageOf(1).put("authorizationId", "a"));
    assertThat(scenario.the("LedgerEntry").path("flags").toString())
        .isEqualTo("[\"LATE_SETTLEMENT\"]");
  }

  @Test
  void shouldShrinkLeaseAndReleaseAfterSettlement() {
    scenario.purchase("p", 10);
    ObjectNode lease = Events.authorization("a", ORG, scenario.now(), "m");
    lease.put("inputTokens", 20).put("purpose", "LEASE");
    scenario.send("authorization-requests", "AuthorizationRequested", lease);
    assertThat(scenario.the("AuthorizationDecided").path("finalGrant").asBoolean()).isTrue();
    scenario.usage(scenario.usageOf(4).put("authorizationId", "a"));
    assertThat(scenario.balance().path("heldNanos").asLong()).isEqualTo(6);
    scenario.send(
        "authorization-requests",
        "AuthorizationReleased",
        Events.release("a", ORG, scenario.now(), 2L));
    assertThat(scenario.balance().path("heldNanos").asLong()).isEqualTo(6);
    scenario.advanceTo("2026-01-01T00:00:30.000Z");
    assertThat(scenario.balance().path("heldNanos").asLong()).isZero();
  }

  @Test
  void shouldReverseOnlyWhatIsThere() {
    scenario.purchase("p", 10).usage(6);
    refund("r1", 7, "SUCCEEDED");
    assertThat(scenario.the("LedgerEntry").path("debtAfterNanos").asLong()).isEqualTo(3);
    refund("r2", 4, "SUCCEEDED");
    assertThat(scenario.rejections()).containsExactly("OVER_REVERSAL");
    refund("r1", 7, "FAILED");
    assertThat(scenario.the("LedgerEntry").path("type").asText()).isEqualTo("REFUND_REVERSAL");
    assertThat(scenario.posted()).isEqualTo(4);
    refund("r1", 7, "PENDING");
    assertThat(scenario.caused()).isEmpty();
  }

  private void refund(String id, long nanos, String status) {
    scenario.send(
        "payment-events",
        "PaymentRefunded",
        Events.refund(id, "p", ORG, scenario.now(), nanos, status));
  }

  @Test
  void shouldFreezeDisputedMoneyAlsoBeforeItsPayment() {
    scenario.send(
        "payment-events",
        "DisputeUpdated",
        Events.dispute("d", "p", ORG, scenario.now(), 4, "OPEN"));
    scenario.purchase("p", 10);
    assertThat(scenario.balance().path("availableNanos").asLong()).isEqualTo(6);
    scenario.send(
        "payment-events",
        "DisputeUpdated",
        Events.dispute("d", "p", ORG, scenario.now(), 40, "LOST"));
    assertThat(scenario.the("LedgerEntry").path("amountNanos").asLong()).isEqualTo(-10);
  }

  @Test
  void shouldGiveOneTrialForOnePhone() {
    scenario.send("account-events", "PhoneVerified", Events.phone(ORG, scenario.now(), "phone"));
    assertThat(scenario.the("TrialDecided").path("lotId").asText()).isEqualTo("trial:org");
    assertThat(scenario.posted()).isEqualTo(5 * DOLLAR);
    scenario.send(
        "account-events", "PhoneVerified", Events.phone("other", scenario.now(), "phone"));
    assertThat(scenario.the("TrialDecided").path("granted").asBoolean()).isFalse();
  }

  @Test
  void shouldLetOneIdentityVerifyOneAccountForNinetyDays() {
    verify(ORG, "2026-01-01T00:00:00.000Z");
    assertThat(scenario.the("AccountAccess").path("verified").asBoolean()).isTrue();
    verify("other", "2026-03-31T23:59:59.999Z");
    assertThat(scenario.all("AccountAccess")).isEmpty();
    verify("other", "2026-04-01T00:00:00.000Z");
    assertThat(scenario.the("AccountAccess").path("verified").asBoolean()).isTrue();
  }

  private void verify(String account, String time) {
    scenario.at(time);
    scenario.send(
        "account-events",
        "VerificationUpdated",
        Events.verification(account, time, "VERIFIED", "identity"));
  }

  @Test
  void shouldDenyFromSpendLimitUntilNextMonth() {
    scenario.purchase("p", 100);
    scenario.send(
        "account-events",
        "SpendLimitConfigured",
        Events.spendLimit(ORG, scenario.now(), "ACCOUNT", null, 10L, "BLOCK"));
    scenario.usage(8);
    assertThat(scenario.alerts()).containsExactly("SPEND_LIMIT_NEAR");
    scenario.usage(2);
    assertThat(scenario.the("BalanceAlert").path("alertId").asText())
        .isEqualTo("org:SPEND_LIMIT_REACHED:ACCOUNT::2026-01");
    assertThat(scenario.the("AccountAccess").path("spendLimitReached").asBoolean()).isTrue();
    scenario.authorize("a", 1);
    assertThat(scenario.the("AuthorizationDecided").path("reason").asText())
        .isEqualTo("SPEND_LIMIT_REACHED");
    scenario.advanceTo("2026-02-01T00:00:00.000Z");
    assertThat(scenario.the("AccountAccess").path("spendLimitReached").asBoolean()).isFalse();
  }

  @Test
  void shouldDecideRefundsByBasis() {
    ObjectNode first = Events.purchase("p1", ORG, scenario.now(), 10);
    scenario.send("payment-events", "PaymentSucceeded", first.put("cardFingerprint", "card"));
    scenario.at("2026-01-01T12:00:00.000Z");
    ObjectNode second = Events.purchase("p2", ORG, scenario.now(), 10);
    scenario.send("payment-events", "PaymentSucceeded", second.put("cardFingerprint", "card"));
    assertThat(refundBasis("rr1", "p1")).isEqualTo("FINAL_SALE");
    assertThat(refundBasis("rr2", "p2")).isEqualTo("DUPLICATE_PAYMENT");
  }

  private String refundBasis(String id, String payment) {
    scenario.send(
        "account-events",
        "RefundRequested",
        Events.refundRequest(id, ORG, scenario.now(), payment, "OTHER"));
    return scenario.the("RefundDecided").path("basis").asText();
  }

  @Test
  void shouldPublishUsageAtMostEveryTenSeconds() {
    scenario.purchase("p", 10);
    assertThat(scenario.usage(1).all("AccountBalance")).isEmpty();
    assertThat(scenario.advanceTo("2026-01-01T00:00:09.999Z").all("AccountBalance")).isEmpty();
    scenario.advanceTo("2026-01-01T00:00:10.000Z");
    assertThat(scenario.the("AccountBalance").path("postedNanos").asLong()).isEqualTo(9);
    scenario.at("2026-01-01T00:00:20.000Z").usage(1);
    assertThat(scenario.all("AccountBalance")).hasSize(1);
  }

  @Test
  void shouldRejectWithoutEffect() {
    scenario.usage(1); // nothing is bought: on credit of the overdraft
    long posted = scenario.posted();
    scenario.usage(scenario.usageOf(-1));
    assertThat(scenario.rejections()).containsExactly("MALFORMED");
    scenario.usage(scenario.usageOf(1).put("model", "unknown"));
    assertThat(scenario.rejections()).containsExactly("UNPRICED");
    scenario.usage(scenario.usageOf(1).put("eventId", "e".repeat(257)));
    assertThat(scenario.rejections()).containsExactly("LIMIT_EXCEEDED");
    scenario.purchase("p", Long.MAX_VALUE).purchase("q", 1);
    assertThat(scenario.rejections()).containsExactly("OVERFLOW");
    assertThat(scenario.posted()).isEqualTo(posted + Long.MAX_VALUE);
  }

  @Test
  void shouldLeaveTimeAloneOnRejection() {
    scenario.purchase("p", 1).at("2026-01-02T00:00:00.000Z").usage(scenario.usageOf(-1));
    assertThat(scenario.balance().path("asOf").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
  }
}
