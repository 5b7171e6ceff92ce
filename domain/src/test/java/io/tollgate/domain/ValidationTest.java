package io.tollgate.domain;

import static io.tollgate.domain.RejectionReason.LIMIT_EXCEEDED;
import static io.tollgate.domain.RejectionReason.MALFORMED;
import static io.tollgate.domain.event.AuthorizationBuilder.authorization;
import static io.tollgate.domain.event.DeclineBuilder.decline;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AccountOpened;
import io.tollgate.domain.event.AccountEvent.AccountReinstated;
import io.tollgate.domain.event.AccountEvent.AccountSuspended;
import io.tollgate.domain.event.AccountEvent.AlertLevelsConfigured;
import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.AutoRechargeConfigured;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import io.tollgate.domain.event.AccountEvent.CreditVoided;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.IssuerCleared;
import io.tollgate.domain.event.AccountEvent.OverdraftConfigured;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.RefundBasis;
import io.tollgate.domain.event.AccountEvent.RefundRequested;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.event.AccountEvent.VerificationUpdated;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValidationTest {

  private static final long AT = 1_767_225_600_000L;

  /** The longest that is taken, in bytes of UTF-8. */
  private static final String LONGEST_ID = "é".repeat(128);

  private static final String LONG_ID = LONGEST_ID + "x";
  private static final String LONGEST_NAME = "é".repeat(128);
  private static final String LONG_NAME = LONGEST_NAME + "x";
  private static final String LONG_TEXT = "x".repeat(4097);

  static Stream<AccountEvent> good() {
    return Stream.of(
        usage("e").build(AT),
        usage(LONGEST_ID)
            .account(LONGEST_ID)
            .model(LONGEST_NAME)
            .tier(LONGEST_NAME)
            .capabilities(Collections.nCopies(64, LONGEST_NAME).toArray(String[]::new))
            .tokens(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)
            .units(meters(64))
            .authorization(LONGEST_ID)
            .project(LONGEST_ID)
            .apiKey(LONGEST_ID)
            .source(LONGEST_ID, Long.MIN_VALUE)
            .build(AT),
        usage("e").build(0),
        usage("e").build(Limits.MAX_TIME),
        authorization("a").model(null).amount(0L).ttl(1).build(AT),
        authorization(LONGEST_ID).model(LONGEST_NAME).ttl(Long.MAX_VALUE).build(AT),
        new AuthorizationReleased(LONGEST_ID, "a", AT, Long.MAX_VALUE),
        payment("p", 1).currency("JPY").build(AT),
        payment("p", Long.MAX_VALUE).build(AT),
        decline("p", "").amount(0).build(AT),
        decline(LONGEST_ID, "code").recharge(LONGEST_ID, -1).card(LONGEST_ID).build(AT),
        new IssuerCleared("a", null, AT),
        new IssuerCleared("a", LONGEST_ID, AT),
        new AccountOpened("a", AT, "EUR", "DE", BuyerType.CONSUMER),
        new AccountOpened("a", AT, "EUR", null, BuyerType.BUSINESS),
        new VerificationUpdated("a", VerificationStatus.VERIFIED, "hash", AT, "fine"),
        new AutoRechargeConfigured("a", true, 0, 0, 0L, AT),
        new AutoRechargeConfigured("a", true, 5, 5, null, AT),
        new AlertLevelsConfigured("a", List.of(), AT),
        new AlertLevelsConfigured("a", LongStream.rangeClosed(1, 64).boxed().toList(), AT),
        new OverdraftConfigured("a", 0, AT),
        grant("g", 1).expiresAt(0).priority(-1).reason("x".repeat(4096)).build(AT),
        new CreditVoided("g", "a", AT, null),
        refund(LONGEST_ID, LONGEST_ID, 1),
        dispute(LONGEST_ID, LONGEST_ID, Long.MAX_VALUE),
        refundRequest(LONGEST_ID, LONGEST_ID),
        new AccountSuspended("a", AT, null),
        new AccountReinstated("a", AT, null));
  }

  @ParameterizedTest
  @MethodSource("good")
  void shouldTakeWhatMakesSense(AccountEvent event) {
    assertThat(Validation.of(event)).isNull();
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("paymentId", decline("", "code").build(AT)),
        arguments("amountNanos", decline("p", "code").amount(-1).build(AT)),
        arguments("currency", decline("p", "code").currency("usd").build(AT)),
        arguments("rechargeId", decline("p", "code").recharge("", 1).build(AT)),
        arguments("cardFingerprint", decline("p", "code").card("").build(AT)),
        arguments("cardFingerprint", new IssuerCleared("a", "", AT)),
        arguments("eventId", usage("").build(AT)),
        arguments("accountId", usage("e").account("").build(AT)),
        arguments("time", usage("e").build(-1)),
        arguments("time", usage("e").build(Limits.MAX_TIME + 1)),
        arguments("model", usage("e").model("").build(AT)),
        arguments("model", usage("e").model(LONG_NAME).build(AT)),
        arguments("capabilities", usage("e").capabilities("a", "").build(AT)),
        arguments("capabilities", usage("e").capabilities(LONG_NAME).build(AT)),
        arguments("serviceTier", usage("e").tier("").build(AT)),
        arguments("serviceTier", usage("e").tier(LONG_NAME).build(AT)),
        arguments("inputTokens", usage("e").tokens(-1, 0, 0, 0).build(AT)),
        arguments("cachedInputTokens", usage("e").tokens(0, -1, 0, 0).build(AT)),
        arguments("cacheWriteTokens", usage("e").tokens(0, 0, -1, 0).build(AT)),
        arguments("outputTokens", usage("e").tokens(0, 0, 0, Long.MIN_VALUE).build(AT)),
        arguments("otherUnits", usage("e").units(Map.of("image", -1L)).build(AT)),
        arguments("otherUnits", usage("e").units(Map.of("", 1L)).build(AT)),
        arguments("otherUnits", usage("e").units(Map.of(LONG_NAME, 1L)).build(AT)),
        arguments("otherUnits", usage("e").units(Map.of("cache_write", 1L)).build(AT)),
        arguments("authorizationId", usage("e").authorization("").build(AT)),
        arguments("projectId", usage("e").project("").build(AT)),
        arguments("apiKeyId", usage("e").apiKey("").build(AT)),
        arguments("source", usage("e").source("", 1L).build(AT)),
        arguments("authorizationId", authorization("").build(AT)),
        arguments("model", authorization("a").model("").build(AT)),
        arguments("model", authorization("a").model(LONG_NAME).amount(1L).build(AT)),
        arguments("neither a model nor amountNanos", authorization("a").model(null).build(AT)),
        arguments("capabilities", authorization("a").capabilities("").build(AT)),
        arguments("serviceTier", authorization("a").tier("").build(AT)),
        arguments("inputTokens", authorization("a").input(-1).build(AT)),
        arguments("amountNanos", authorization("a").amount(-1L).build(AT)),
        arguments("ttlMillis", authorization("a").ttl(0).build(AT)),
        arguments("projectId", authorization("a").project("").build(AT)),
        arguments("apiKeyId", authorization("a").apiKey("").build(AT)),
        arguments("time", authorization("a").build(-1)),
        arguments("authorizationId", new AuthorizationReleased("", "a", AT, null)),
        arguments("settledUsage", new AuthorizationReleased("a", "a", AT, -1L)),
        arguments("paymentId", payment("", 1).build(AT)),
        arguments("accountId", payment("p", 1).account("").build(AT)),
        arguments("amountNanos", payment("p", 0).build(AT)),
        arguments("amountNanos", payment("p", -1).build(AT)),
        arguments("currency", payment("p", 1).currency("usd").build(AT)),
        arguments("currency", payment("p", 1).currency("").build(AT)),
        arguments("time", payment("p", 1).build(-1)),
        arguments("currency", new AccountOpened("a", AT, "EURO", null, BuyerType.BUSINESS)),
        arguments(
            "identityHash",
            new VerificationUpdated("a", VerificationStatus.VERIFIED, "", AT, null)),
        arguments("targetNanos", new AutoRechargeConfigured("a", true, 6, 5, null, AT)),
        arguments("monthlyLimitNanos", new AutoRechargeConfigured("a", true, 5, 6, -1L, AT)),
        arguments("levelsNanos", new AlertLevelsConfigured("a", List.of(1L, 0L), AT)),
        arguments("levelsNanos", new AlertLevelsConfigured("a", List.of(-1L), AT)),
        arguments("limitNanos", new OverdraftConfigured("a", -1, AT)),
        arguments("grantId", grant("", 1).build(AT)),
        arguments("amountNanos", grant("g", 0).build(AT)),
        arguments("currency", grant("g", 1).currency("XX").build(AT)),
        arguments("effectiveAt", grant("g", 1).effectiveAt(-1).build(AT)),
        arguments("expiresAt", grant("g", 1).expiresAt(Limits.MAX_TIME + 1).build(AT)),
        arguments("grantId", new CreditVoided("", "a", AT, null)),
        arguments("refundId", refund("", "p", 1)),
        arguments("paymentId", refund("r", "", 1)),
        arguments("amountNanos", refund("r", "p", 0)),
        arguments("amountNanos", refund("r", "p", -1)),
        arguments("disputeId", dispute("", "p", 1)),
        arguments("paymentId", dispute("d", "", 1)),
        arguments("amountNanos", dispute("d", "p", 0)),
        arguments("amountNanos", dispute("d", "p", Long.MIN_VALUE)),
        arguments("refundRequestId", refundRequest("", "p")),
        arguments("paymentId", refundRequest("q", "")),
        arguments("accountId", new AccountSuspended("", AT, null)));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("malformed")
  void shouldRefuseWhatMakesNoSense(String field, AccountEvent event) {
    expect(Validation.of(event), MALFORMED, field);
  }

  static Stream<Arguments> tooLarge() {
    return Stream.of(
        arguments("paymentId", decline(LONG_ID, "code").build(AT)),
        arguments("rechargeId", decline("p", "code").recharge(LONG_ID, 1).build(AT)),
        arguments("cardFingerprint", decline("p", "code").card(LONG_ID).build(AT)),
        arguments("declineCode", decline("p", LONG_TEXT).build(AT)),
        arguments("adviceCode", decline("p", "code").advice(LONG_TEXT, null).build(AT)),
        arguments("networkAdviceCode", decline("p", "code").advice(null, LONG_TEXT).build(AT)),
        arguments("cardFingerprint", new IssuerCleared("a", LONG_ID, AT)),
        arguments("eventId", usage(LONG_ID).build(AT)),
        arguments("accountId", usage("e").account(LONG_ID).build(AT)),
        arguments("accountId", usage("e").account("x".repeat(257)).build(AT)),
        arguments(
            "capabilities",
            usage("e").capabilities(Collections.nCopies(65, "c").toArray(String[]::new)).build(AT)),
        arguments("otherUnits", usage("e").units(meters(65)).build(AT)),
        arguments("authorizationId", usage("e").authorization(LONG_ID).build(AT)),
        arguments("projectId", usage("e").project(LONG_ID).build(AT)),
        arguments("apiKeyId", usage("e").apiKey(LONG_ID).build(AT)),
        arguments("source", usage("e").source(LONG_ID, null).build(AT)),
        arguments("authorizationId", authorization(LONG_ID).build(AT)),
        arguments("projectId", authorization("a").project(LONG_ID).build(AT)),
        arguments("apiKeyId", authorization("a").apiKey(LONG_ID).build(AT)),
        arguments(
            "capabilities",
            authorization("a")
                .capabilities(Collections.nCopies(65, "c").toArray(String[]::new))
                .build(AT)),
        arguments("authorizationId", new AuthorizationReleased(LONG_ID, "a", AT, null)),
        arguments("country", new AccountOpened("a", AT, "USD", LONG_TEXT, BuyerType.BUSINESS)),
        arguments(
            "identityHash",
            new VerificationUpdated("a", VerificationStatus.VERIFIED, LONG_ID, AT, null)),
        arguments(
            "reason", new VerificationUpdated("a", VerificationStatus.FAILED, null, AT, LONG_TEXT)),
        arguments(
            "levelsNanos",
            new AlertLevelsConfigured("a", LongStream.rangeClosed(1, 65).boxed().toList(), AT)),
        arguments("grantId", grant(LONG_ID, 1).build(AT)),
        arguments("reason", grant("g", 1).reason(LONG_TEXT).build(AT)),
        arguments("grantId", new CreditVoided(LONG_ID, "a", AT, null)),
        arguments("refundId", refund(LONG_ID, "p", 1)),
        arguments("paymentId", refund("r", LONG_ID, 1)),
        arguments("disputeId", dispute(LONG_ID, "p", 1)),
        arguments("paymentId", dispute("d", LONG_ID, 1)),
        arguments("refundRequestId", refundRequest(LONG_ID, "p")),
        arguments("paymentId", refundRequest("q", LONG_ID)),
        arguments("reason", new CreditVoided("g", "a", AT, LONG_TEXT)));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @MethodSource("tooLarge")
  void shouldRefuseWhatExceedsALimit(String field, AccountEvent event) {
    expect(Validation.of(event), LIMIT_EXCEEDED, field);
  }

  @Test
  void shouldNeverRefuseAPurchaseForALimit() {
    assertThat(
            Validation.of(
                payment(LONG_ID, 1)
                    .account(LONG_ID)
                    .recharge(LONG_ID, 1)
                    .card(LONG_ID)
                    .intendedModels(Collections.nCopies(65, "m").toArray(String[]::new))
                    .build(AT)))
        .isNull();
  }

  @Test
  void shouldCallARecordMalformedBeforeItCallsItTooLarge() {
    expect(Validation.of(usage(LONG_ID).input(-1).build(AT)), MALFORMED, "inputTokens");
  }

  @Test
  void shouldNameTheFirstFinding() {
    expect(Validation.of(usage("").input(-1).build(AT)), MALFORMED, "eventId");
    expect(Validation.of(usage(LONG_ID).project(LONG_ID).build(AT)), LIMIT_EXCEEDED, "eventId");
  }

  @Test
  void shouldTakePricesWithinTheLimits() {
    PriceRow row = new PriceRow(LONGEST_NAME, LONGEST_NAME, 0, 0, 0);
    assertThat(
            Validation.of(
                new ModelPrices(
                    LONGEST_NAME,
                    Collections.nCopies(64, "alias"),
                    Collections.nCopies(Limits.PRICE_ROWS, row))))
        .isNull();
  }

  static Stream<Arguments> badPrices() {
    PriceRow row = new PriceRow("input", "standard", 0, 1, 0);
    return Stream.of(
        arguments(MALFORMED, "model", new ModelPrices("", List.of(), List.of(row))),
        arguments(MALFORMED, "model", new ModelPrices(LONG_NAME, List.of(), List.of(row))),
        arguments(MALFORMED, "aliases", new ModelPrices("m", List.of(""), List.of(row))),
        arguments(
            LIMIT_EXCEEDED,
            "aliases",
            new ModelPrices("m", Collections.nCopies(65, "alias"), List.of(row))),
        arguments(
            LIMIT_EXCEEDED,
            "rows",
            new ModelPrices("m", List.of(), Collections.nCopies(Limits.PRICE_ROWS + 1, row))),
        arguments(MALFORMED, "rows.meter", withRow(new PriceRow("", "standard", 0, 1, 0))),
        arguments(MALFORMED, "rows.serviceTier", withRow(new PriceRow("input", "", 0, 1, 0))),
        arguments(
            MALFORMED, "rows.minInputTokens", withRow(new PriceRow("input", "standard", -1, 1, 0))),
        arguments(
            MALFORMED,
            "rows.nanosPerMillion",
            withRow(new PriceRow("input", "standard", 0, -1, 0))),
        arguments(
            MALFORMED, "rows.effectiveFrom", withRow(new PriceRow("input", "standard", 0, 1, -1))));
  }

  @ParameterizedTest(name = "{0} for {1}")
  @MethodSource("badPrices")
  void shouldRefuseBadPrices(RejectionReason reason, String field, ModelPrices prices) {
    expect(Validation.of(prices), reason, field);
  }

  static Stream<Arguments> badPolicies() {
    Requirement good = new Requirement("*", "p", 0, 0, null);
    return Stream.of(
        arguments(MALFORMED, "model", new AccessPolicy("", List.of(good))),
        arguments(
            LIMIT_EXCEEDED, "requirements", new AccessPolicy("m", Collections.nCopies(65, good))),
        arguments(MALFORMED, "capability", with(new Requirement("", "p", 0, 0, null))),
        arguments(MALFORMED, "capability", with(new Requirement(LONG_NAME, "p", 0, 0, null))),
        arguments(MALFORMED, "policyId", with(new Requirement("*", "", 0, 0, null))),
        arguments(LIMIT_EXCEEDED, "policyId", with(new Requirement("*", LONG_ID, 0, 0, null))),
        arguments(MALFORMED, "announcedAt", with(new Requirement("*", "p", -1, 0, null))),
        arguments(MALFORMED, "effectiveFrom", with(new Requirement("*", "p", 0, -1, null))),
        arguments(MALFORMED, "effectiveUntil", with(new Requirement("*", "p", 0, 0, -1L))));
  }

  @ParameterizedTest(name = "{0} for {1}")
  @MethodSource("badPolicies")
  void shouldRefuseBadPolicies(RejectionReason reason, String field, AccessPolicy policy) {
    expect(Validation.of(policy), reason, field);
  }

  @Test
  void shouldTakePoliciesWithinTheLimits() {
    Requirement good = new Requirement("*", LONGEST_ID, 0, 0, Limits.MAX_TIME);
    assertThat(Validation.of(new AccessPolicy("m", Collections.nCopies(64, good)))).isNull();
  }

  private static AccountEvent refund(String refundId, String paymentId, long nanos) {
    return new PaymentRefunded(refundId, paymentId, "a", nanos, RefundStatus.PENDING, AT);
  }

  private static AccountEvent dispute(String disputeId, String paymentId, long nanos) {
    return new DisputeUpdated(disputeId, paymentId, "a", nanos, DisputeStatus.OPEN, AT);
  }

  private static AccountEvent refundRequest(String refundRequestId, String paymentId) {
    return new RefundRequested(refundRequestId, "a", paymentId, RefundBasis.OTHER, AT);
  }

  private static void expect(
      @Nullable Rejection rejection, RejectionReason reason, String mentioned) {
    assertThat(rejection)
        .isInstanceOfSatisfying(
            Rejection.class,
            found -> {
              assertThat(found.reason()).isEqualTo(reason);
              assertThat(found.detail()).contains(mentioned);
            });
  }

  private static Map<String, Long> meters(int count) {
    return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "meter" + i, i -> 1L));
  }

  private static ModelPrices withRow(PriceRow row) {
    return new ModelPrices("m", List.of(), List.of(row));
  }

  private static AccessPolicy with(Requirement requirement) {
    return new AccessPolicy("m", List.of(requirement));
  }
}
