package io.tollgate.sandbox.demo.workload;

import io.tollgate.events.AccountOpened;
import io.tollgate.events.AlertLevelsConfigured;
import io.tollgate.events.AutoRechargeConfigured;
import io.tollgate.events.BuyerType;
import io.tollgate.events.CreditGranted;
import io.tollgate.events.GrantKind;
import io.tollgate.events.OverdraftConfigured;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.VerificationStatus;
import io.tollgate.events.VerificationUpdated;
import io.tollgate.schemas.TrustedTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What the account and payment services would say about an account of the demo. */
public final class AccountEvents {

  private static final String CURRENCY = "USD";
  private static final long SMALLEST_RECHARGE = 5_000_000_000L;
  private static final int FIRST_CREDIT_PERCENT = 40;
  private static final Duration PROMOTION = Duration.ofDays(90);

  static {
    TrustedTypes.trust();
  }

  private final AccountPlan plan;
  private final Instant now;

  private AccountEvents(AccountPlan plan, Instant now) {
    this.plan = plan;
    this.now = now;
  }

  /** How the account starts: opened, set up but for recharges, and with its first credit. */
  public static List<SpecificRecord> opening(AccountPlan plan, Instant now) {
    return new AccountEvents(plan, now).opening();
  }

  /**
   * How the account is recharged, if it is. To be sent when its first credit has arrived: an empty
   * account would be recharged at once.
   */
  public static Optional<AutoRechargeConfigured> recharge(AccountPlan plan, Instant now) {
    AccountEvents events = new AccountEvents(plan, now);
    return switch (plan.funding()) {
      case AUTO_RECHARGE, UNANSWERED_RECHARGE -> Optional.of(events.recharge(null));
      case LIMITED_RECHARGE -> Optional.of(events.recharge(SMALLEST_RECHARGE));
      case PREPAID, RUNS_DRY, PROMOTIONAL -> Optional.empty();
    };
  }

  /** The organisation is verified. */
  public static VerificationUpdated verified(String accountId, Instant now) {
    return VerificationUpdated.newBuilder()
        .setAccountId(accountId)
        .setStatus(VerificationStatus.VERIFIED)
        .setOccurredAt(now)
        .build();
  }

  private List<SpecificRecord> opening() {
    List<SpecificRecord> events = new ArrayList<>();
    events.add(
        AccountOpened.newBuilder()
            .setAccountId(plan.accountId())
            .setOpenedAt(now)
            .setCurrency(CURRENCY)
            .setCountry("US")
            .setBuyerType(BuyerType.BUSINESS)
            .build());
    if (plan.verification() == Verification.FROM_THE_START) {
      events.add(verified(plan.accountId(), now));
    }
    switch (plan.funding()) {
      case PREPAID -> {
        // Above its plan even when rounded down.
        long credit = share(400);
        events.add(alertLevels(credit));
        events.add(purchase(credit));
      }
      case RUNS_DRY -> {
        long credit = share(40);
        events.add(overdraft(share(5)));
        events.add(alertLevels(credit));
        events.add(purchase(credit));
      }
      case PROMOTIONAL -> {
        long granted = share(50);
        events.add(alertLevels(granted));
        events.add(grant(granted));
        events.add(purchase(share(250)));
      }
      case AUTO_RECHARGE, UNANSWERED_RECHARGE, LIMITED_RECHARGE -> {
        long credit = share(FIRST_CREDIT_PERCENT);
        events.add(alertLevels(credit));
        events.add(purchase(credit));
      }
    }
    return events;
  }

  /** A round amount near so many hundredths of what the account will use. */
  private long share(int percent) {
    return RoundAmount.atMost(Math.multiplyExact(plan.plannedNanos() / 100, (long) percent));
  }

  private AlertLevelsConfigured alertLevels(long credit) {
    return AlertLevelsConfigured.newBuilder()
        .setAccountId(plan.accountId())
        .setLevelsNanos(
            Stream.of(credit / 2, credit / 5).map(RoundAmount::atMost).distinct().toList())
        .setOccurredAt(now)
        .build();
  }

  private AutoRechargeConfigured recharge(@Nullable Long monthlyLimit) {
    long credit = share(FIRST_CREDIT_PERCENT);
    return AutoRechargeConfigured.newBuilder()
        .setAccountId(plan.accountId())
        .setEnabled(true)
        // Early enough that the payment comes before the credit is gone.
        .setThresholdNanos(credit / 2)
        .setTargetNanos(credit)
        .setMonthlyLimitNanos(monthlyLimit)
        .setOccurredAt(now)
        .build();
  }

  private OverdraftConfigured overdraft(long limit) {
    return OverdraftConfigured.newBuilder()
        .setAccountId(plan.accountId())
        .setLimitNanos(limit)
        .setOccurredAt(now)
        .build();
  }

  private PaymentSucceeded purchase(long amount) {
    return PaymentSucceeded.newBuilder()
        .setPaymentId("payment-" + plan.accountId())
        .setAccountId(plan.accountId())
        .setAmountNanos(amount)
        .setCurrency(CURRENCY)
        .setOccurredAt(now)
        .build();
  }

  private CreditGranted grant(long amount) {
    return CreditGranted.newBuilder()
        .setGrantId("promotion-" + plan.accountId())
        .setAccountId(plan.accountId())
        .setKind(GrantKind.PROMOTIONAL)
        .setAmountNanos(amount)
        .setCurrency(CURRENCY)
        .setEffectiveAt(now)
        .setExpiresAt(now.plus(PROMOTION))
        .setReason("Welcome credit")
        .setOccurredAt(now)
        .build();
  }
}
