package io.tollgate.sandbox.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AlertLevelsConfigured;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.CreditGranted;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.VerificationUpdated;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountEventsTest {

  private static final Instant NOW = Instant.parse("2026-09-01T00:00:00Z");
  private static final long DOLLAR = 1_000_000_000L;

  private static List<SpecificRecord> opening(
      Funding funding, Verification verification, long plannedNanos) {
    return AccountEvents.opening(
        new AccountPlan("org-001", funding, verification, plannedNanos), NOW);
  }

  private static <T> T only(List<SpecificRecord> events, Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Funding.class)
  void shouldBuyCreditAndSetAlertLevelsEvenForNoUse(Funding funding) {
    List<SpecificRecord> events = opening(funding, Verification.NEVER, 0);

    assertThat(only(events, PaymentSucceeded.class).getAmountNanos()).isPositive();
    assertThat(only(events, AlertLevelsConfigured.class).getLevelsNanos())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(level -> level > 0);
  }

  @Test
  void shouldBuyMoreThanEnoughInAdvance() {
    long planned = 7 * DOLLAR;

    assertThat(
            only(opening(Funding.PREPAID, Verification.NEVER, planned), PaymentSucceeded.class)
                .getAmountNanos())
        .isGreaterThan(planned);
  }

  @Test
  void shouldBuyTooLittleToRunDry() {
    long planned = 7 * DOLLAR;
    List<SpecificRecord> events = opening(Funding.RUNS_DRY, Verification.NEVER, planned);

    assertThat(only(events, PaymentSucceeded.class).getAmountNanos()).isLessThan(planned / 2);
    assertThat(
            AccountEvents.recharge(
                new AccountPlan("org-001", Funding.RUNS_DRY, Verification.NEVER, planned), NOW))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Funding.class,
      names = {"AUTO_RECHARGE", "LIMITED_RECHARGE", "UNANSWERED_RECHARGE"})
  void shouldRechargeBeforeTheFirstCreditIsGone(Funding funding) {
    AccountPlan plan = new AccountPlan("org-001", funding, Verification.NEVER, 7 * DOLLAR);
    List<SpecificRecord> events = AccountEvents.opening(plan, NOW);

    AutoRechargeConfigured recharge = AccountEvents.recharge(plan, NOW).orElseThrow();
    assertThat(recharge.getEnabled()).isTrue();
    assertThat(recharge.getThresholdNanos())
        .isPositive()
        .isLessThan(only(events, PaymentSucceeded.class).getAmountNanos());
    assertThat(recharge.getTargetNanos()).isGreaterThanOrEqualTo(recharge.getThresholdNanos());
  }

  @Test
  void shouldGivePromotionalCredit() {
    CreditGranted grant =
        only(opening(Funding.PROMOTIONAL, Verification.NEVER, 7 * DOLLAR), CreditGranted.class);

    assertThat(grant.getAmountNanos()).isPositive();
    assertThat(grant.getExpiresAt()).isAfter(NOW);
  }

  @Test
  void shouldVerifyAtTheStartOnlyWhoIsVerifiedThen() {
    assertThat(opening(Funding.PREPAID, Verification.FROM_THE_START, DOLLAR))
        .anyMatch(VerificationUpdated.class::isInstance);
    assertThat(opening(Funding.PREPAID, Verification.MIDWAY, DOLLAR))
        .noneMatch(VerificationUpdated.class::isInstance);
  }
}
