package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.ACCOUNT;
import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;

import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.RechargeRequested;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AccountOpened;
import io.tollgate.domain.event.AccountEvent.AccountReinstated;
import io.tollgate.domain.event.AccountEvent.AccountSuspended;
import io.tollgate.domain.event.AccountEvent.AlertLevelsConfigured;
import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.AutoRechargeConfigured;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.CreditVoided;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.GrantKind;
import io.tollgate.domain.event.AccountEvent.IssuerCleared;
import io.tollgate.domain.event.AccountEvent.OverdraftConfigured;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.PaymentSucceeded;
import io.tollgate.domain.event.AccountEvent.RefundBasis;
import io.tollgate.domain.event.AccountEvent.RefundRequested;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.event.AccountEvent.VerificationUpdated;
import io.tollgate.domain.event.AuthorizationBuilder;
import io.tollgate.domain.event.DeclineBuilder;
import io.tollgate.domain.event.GrantBuilder;
import io.tollgate.domain.event.PaymentBuilder;
import io.tollgate.domain.event.UsageBuilder;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import io.tollgate.domain.rating.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Records of one account at random, by seed: few ids and small amounts, so that they meet; and now
 * and then what no honest producer sends.
 */
final class RandomRecords {

  private static final long MINUTE = 60_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final Random random;

  /** Whether recharges are declined again and again, so that they come to their last attempt. */
  private final boolean unlucky;

  private final List<AccountEvent> sent = new ArrayList<>();
  private final List<PaymentSucceeded> payments = new ArrayList<>();
  private long now = time("2026-01-30T22:00:00Z");
  private int ids;
  private String authorization = "a0";
  private @Nullable RechargeRequested requested;
  private @Nullable RechargeRequested declineDue;
  private String awaitedPayment = "w0";

  RandomRecords(long seed) {
    random = new Random(seed);
    unlucky = seed % 4 == 0;
  }

  static Reference reference() {
    Reference reference = new Reference();
    reference.put(
        new ModelPrices(
            "metered",
            List.of("cheap"),
            List.of(
                new PriceRow("input", "standard", 0, 1_000_000, 0),
                new PriceRow("output", "standard", 0, 333_333, 0),
                new PriceRow("image", "standard", 0, 999_999_999_999L, 0))));
    reference.put(
        new ModelPrices(
            "gated",
            List.of(),
            List.of(
                new PriceRow("input", "standard", 0, 1_000_001, 0),
                new PriceRow("output", "standard", 0, 333_333, 0))));
    reference.put(
        new ModelPrices(
            "dear", List.of(), List.of(new PriceRow("input", "standard", 0, Long.MAX_VALUE, 0))));
    reference.put(
        new AccessPolicy(
            "gated",
            List.of(
                new Requirement("*", "old", 0, 0, null),
                new Requirement("*", "new", time("2026-02-05T00:00:00Z"), 0, null),
                new Requirement("*", "newer", time("2026-06-01T00:00:00Z"), 0, null),
                new Requirement("*", "newest", time("2027-01-01T00:00:00Z"), 0, null))));
    return reference;
  }

  /** Record time; goes on by anything from nothing to weeks, and sometimes a little back. */
  long nextTime() {
    now +=
        switch (random.nextInt(12)) {
          case 0, 1 -> 0;
          case 2 -> -random.nextInt(5000);
          case 3, 4, 5 -> random.nextInt(12_000);
          case 6, 7, 8 -> random.nextInt(20) * MINUTE;
          case 9 -> random.nextInt(30) * HOUR;
          case 10 -> random.nextInt(4) == 0 ? random.nextInt(40) * DAY : 15 * MINUTE;
          default -> random.nextInt(3) * DAY;
        };
    return now;
  }

  boolean nextIsTick() {
    return random.nextInt(10) == 0;
  }

  /** Lets later results answer the requests that came out. */
  void saw(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof RechargeRequested request) {
        requested = request;
        declineDue = request;
      }
    }
  }

  AccountEvent next() {
    if (!sent.isEmpty() && random.nextInt(12) == 0) {
      return sent.get(random.nextInt(sent.size()));
    }
    AccountEvent event = fresh();
    sent.add(event);
    return event;
  }

  private AccountEvent fresh() {
    if (unlucky && declineDue != null && random.nextBoolean()) {
      RechargeRequested declined = declineDue;
      declineDue = null;
      return DeclineBuilder.decline("f" + ++ids, "insufficient_funds")
          .recharge(declined.rechargeId(), declined.attempt())
          .build(now);
    }
    if (unlucky && requested != null && random.nextInt(6) != 0) {
      return usage(); // little that ends a recharge
    }
    return switch (random.nextInt(44)) {
      case 0, 1, 2, 3 -> payment();
      case 4, 5, 6 -> grant();
      case 7 -> new CreditVoided("g" + random.nextInt(ids + 2), ACCOUNT, anyTime(), null);
      case 8 -> new AlertLevelsConfigured(ACCOUNT, levels(), anyTime());
      case 9 -> new OverdraftConfigured(ACCOUNT, (random.nextInt(5) - 1) * 100L * CENT, anyTime());
      case 10, 11, 21 -> recharge();
      case 12 ->
          new VerificationUpdated(ACCOUNT, any(VerificationStatus.class), null, anyTime(), null);
      case 13 ->
          random.nextInt(3) == 0
              ? new AccountSuspended(ACCOUNT, anyTime(), null)
              : new AccountReinstated(ACCOUNT, anyTime(), null);
      case 14 ->
          new AccountOpened(
              ACCOUNT, anyTime(), any("USD", "USD", "EUR"), any("DE", "US"), any(BuyerType.class));
      case 15, 16, 22 -> refund(somePayment());
      case 17, 18 -> dispute(somePayment());
      case 19, 20 ->
          new RefundRequested(
              "q" + random.nextInt(ids + 1),
              ACCOUNT,
              somePayment(),
              random.nextBoolean() ? RefundBasis.OTHER : any(RefundBasis.class),
              anyTime());
      case 23, 24, 25 -> authorization();
      case 26 -> new AuthorizationReleased(anyAuthorization(), ACCOUNT, anyTime(), anyCount());
      case 27, 28, 29, 30 -> decline();
      case 31 -> new IssuerCleared(ACCOUNT, anyCard(), anyTime());
      default -> usage();
    };
  }

  private AccountEvent authorization() {
    AuthorizationBuilder request =
        AuthorizationBuilder.authorization(any("a" + ++ids, "a" + ids, anyAuthorization()))
            .model(any("metered", "cheap", "gated", "unknown", "dear"))
            .input(random.nextInt(any(1_00, 1_00, 50_00)) * CENT)
            .ttl(any(-1, 1, 20 * MINUTE, 3 * HOUR, 2 * DAY))
            .requestedAt(anyTime());
    authorization = "a" + ids;
    if (random.nextInt(3) == 0) {
      request.lease();
    }
    if (random.nextInt(4) == 0) {
      request.model(null).amount(anyAmount(3_00));
    }
    return request.build(now);
  }

  private String anyAuthorization() {
    return any(authorization, authorization, "a" + random.nextInt(ids + 2));
  }

  private @Nullable Long anyCount() {
    return random.nextBoolean() ? null : random.nextInt(4) - 1L;
  }

  private AccountEvent payment() {
    PaymentBuilder payment =
        PaymentBuilder.payment(
                any("p" + ++ids, "p" + ids, "p" + random.nextInt(ids + 1), awaitedPayment),
                anyPayment())
            .occurredAt(anyTime())
            .card(any("card", "other"))
            .currency(any("USD", "USD", "USD", "USD", "EUR"));
    if (requested != null && random.nextBoolean()) {
      payment.recharge(requested.rechargeId(), any(1, requested.attempt()));
    }
    payments.add(payment.build(now));
    awaitedPayment = "w" + payments.size() / 3;
    return payments.get(payments.size() - 1);
  }

  /** Mostly of the attempt that is out, with codes of every class and of none. */
  private AccountEvent decline() {
    DeclineBuilder decline =
        DeclineBuilder.decline(
                any("f" + ++ids, "f" + ids, "f" + random.nextInt(ids + 1)),
                any(
                    "insufficient_funds",
                    "insufficient_funds",
                    "do_not_honor",
                    "not_heard_of",
                    random.nextInt(4) == 0 ? "stolen_card" : "insufficient_funds",
                    random.nextBoolean() ? "expired_card" : "do_not_honor"))
            .occurredAt(anyTime())
            .card(anyCard());
    if (random.nextInt(6) == 0) {
      decline.advice(
          any("try_again_later", "not_heard_of"),
          random.nextBoolean() ? null : any("02", "24", "01"));
    }
    if (requested != null && random.nextInt(8) != 0) {
      decline.recharge(requested.rechargeId(), any(1, requested.attempt(), requested.attempt()));
    }
    return decline.build(now);
  }

  private @Nullable String anyCard() {
    return random.nextInt(4) == 0 ? null : any("card", "other");
  }

  /** Sometimes the same once more. */
  private long anyPayment() {
    return payments.isEmpty() || random.nextInt(4) != 0
        ? anyAmount(20_00)
        : payments.get(payments.size() - 1).amountNanos();
  }

  /** A recent one, or one that may come. */
  private String somePayment() {
    return payments.isEmpty() || random.nextInt(3) == 0
        ? awaitedPayment
        : payments
            .get(payments.size() - 1 - random.nextInt(Math.min(6, payments.size())))
            .paymentId();
  }

  private AccountEvent refund(String paymentId) {
    return new PaymentRefunded(
        "r" + random.nextInt(2) + paymentId,
        paymentId,
        ACCOUNT,
        anyAmount(12_00),
        any(RefundStatus.class),
        anyTime());
  }

  private AccountEvent dispute(String paymentId) {
    return new DisputeUpdated(
        "d" + random.nextInt(2) + paymentId,
        any(paymentId, paymentId, paymentId, somePayment()),
        ACCOUNT,
        anyAmount(12_00),
        any(DisputeStatus.class),
        anyTime());
  }

  private AccountEvent grant() {
    GrantBuilder grant =
        GrantBuilder.grant(
                any("g" + ++ids, "g" + ids, "g" + random.nextInt(ids + 1)), anyAmount(5_00))
            .kind(any(GrantKind.class))
            .effectiveAt(now + (random.nextInt(6) - 3) * 8L * HOUR);
    if (random.nextBoolean()) {
      grant.expiresAt(now + (random.nextInt(40) - 4) * DAY + random.nextInt(3) * HOUR);
    }
    if (random.nextInt(3) == 0) {
      grant.priority(random.nextInt(3) * 50);
    }
    return grant.build(anyTime());
  }

  private AccountEvent recharge() {
    long threshold = (random.nextInt(12) - 1) * 100L * CENT;
    long target = threshold + (random.nextInt(12) - 1) * 100L * CENT;
    Long limit = random.nextBoolean() ? null : (random.nextInt(60) - 1) * 100L * CENT;
    return new AutoRechargeConfigured(
        ACCOUNT, random.nextInt(5) != 0, threshold, target, limit, anyTime());
  }

  private List<Long> levels() {
    return random
        .ints(random.nextInt(4), 0, 10)
        .mapToObj(dollars -> dollars * 100L * CENT)
        .toList();
  }

  private AccountEvent usage() {
    UsageBuilder usage =
        UsageBuilder.usage("u" + ++ids)
            .occurredAt(anyTime())
            .model(any("metered", "metered", "cheap", "metered", "gated", "unknown"));
    if (random.nextInt(3) == 0) {
      usage.authorization(anyAuthorization());
    }
    switch (random.nextInt(12)) {
      case 0 -> usage.completion(Completion.FAILED);
      case 1 -> usage.tokens(random.nextInt(5) - 1, 0, 0, random.nextInt(5));
      case 2 ->
          usage
              .tokens(0, 0, 0, random.nextInt(1000))
              .units(Map.of("image", 1L + random.nextInt(9)));
      case 3 -> usage.model("dear").input(any(1L, 1_000_000L, 1_000_001L, Long.MAX_VALUE));
      case 4 -> usage.tokens(Long.MAX_VALUE, random.nextInt(2), 0, 0);
      default -> usage.tokens(random.nextInt(3_00) * CENT, 0, 0, random.nextInt(50));
    }
    return usage.build(now);
  }

  /** Mostly now, sometimes before or after, seldom out of every window. */
  private long anyTime() {
    return switch (random.nextInt(10)) {
      case 0 -> now - random.nextInt(34) * DAY;
      case 1 -> now - random.nextInt(90) * MINUTE;
      case 2 -> now + random.nextInt(70) * MINUTE;
      case 3 -> random.nextInt(5) == 0 ? now - (34 + random.nextInt(4)) * DAY : now - 1;
      default -> now;
    };
  }

  /** Up to so many cents, seldom absurd. */
  private long anyAmount(int cents) {
    return switch (random.nextInt(40)) {
      case 0 -> 0;
      case 1 -> Long.MAX_VALUE / (1 + random.nextInt(3));
      case 2 -> 1 + random.nextInt(9);
      default -> (1 + random.nextInt(cents)) * CENT;
    };
  }

  private String any(String... of) {
    return of[random.nextInt(of.length)];
  }

  private int any(int... of) {
    return of[random.nextInt(of.length)];
  }

  private long any(long... of) {
    return of[random.nextInt(of.length)];
  }

  private <E extends Enum<E>> E any(Class<E> of) {
    E[] constants = of.getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }
}
