package io.tollgate.domain.identity;

import static io.tollgate.domain.event.AuthorizationBuilder.authorization;
import static io.tollgate.domain.event.DeclineBuilder.decline;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.event.AccountEvent.AuthorizationReleased;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.CreditVoided;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.DisputeUpdated;
import io.tollgate.domain.event.AccountEvent.GrantKind;
import io.tollgate.domain.event.AccountEvent.PaymentRefunded;
import io.tollgate.domain.event.AccountEvent.RefundBasis;
import io.tollgate.domain.event.AccountEvent.RefundRequested;
import io.tollgate.domain.event.AccountEvent.RefundStatus;
import io.tollgate.domain.event.AccountEvent.UsageSource;
import io.tollgate.domain.event.AuthorizationBuilder;
import io.tollgate.domain.event.DeclineBuilder;
import io.tollgate.domain.event.GrantBuilder;
import io.tollgate.domain.event.PaymentBuilder;
import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.event.UsageBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Content is every field but the record's own time. */
class ContentDigestTest {

  @Test
  void shouldTellUsageApartByEveryFieldButItsTime() {
    List<UsageBuilder> all =
        List.of(
            usage("e"),
            usage("e").model("other"),
            usage("e").capabilities("images"),
            usage("e").tier("batch"),
            usage("e").tokens(1, 0, 0, 0),
            usage("e").tokens(0, 1, 0, 0),
            usage("e").tokens(0, 0, 1, 0),
            usage("e").tokens(0, 0, 0, 1),
            usage("e").units(Map.of("image", 1L)),
            usage("e").authorization("x"),
            usage("e").project("x"),
            usage("e").apiKey("x"),
            usage("e").source("x", null),
            usage("e").source(null, 0L),
            usage("e").completion(Completion.ABORTED),
            usage("e").completion(Completion.FAILED),
            usage("e").usageSource(UsageSource.ESTIMATED));
    Set<Long> digests = new HashSet<>();
    for (UsageBuilder each : all) {
      digests.add(ContentDigest.of(each.build(1)));
      assertThat(ContentDigest.of(each.build(2))).isEqualTo(ContentDigest.of(each.build(1)));
    }
    assertThat(digests).hasSize(all.size());
  }

  @Test
  void shouldTellAuthorizationsApartByEveryFieldButTheirTime() {
    List<AuthorizationBuilder> all =
        List.of(
            authorization("a"),
            authorization("a").lease(),
            authorization("a").model("other"),
            authorization("a").model(null),
            authorization("a").capabilities("images"),
            authorization("a").tier("batch"),
            authorization("a").quantities(new Quantities(1, 0, 0, 0, Map.of())),
            authorization("a").quantities(new Quantities(0, 1, 0, 0, Map.of())),
            authorization("a").quantities(new Quantities(0, 0, 1, 0, Map.of())),
            authorization("a").quantities(new Quantities(0, 0, 0, 1, Map.of())),
            authorization("a").quantities(new Quantities(0, 0, 0, 0, Map.of("image", 1L))),
            authorization("a").amount(0L),
            authorization("a").amount(1L),
            authorization("a").ttl(1),
            authorization("a").project("x"),
            authorization("a").apiKey("x"));
    Set<Long> digests = new HashSet<>();
    for (AuthorizationBuilder each : all) {
      digests.add(ContentDigest.of(each.build(1)));
      assertThat(ContentDigest.of(each.build(2))).isEqualTo(ContentDigest.of(each.build(1)));
    }
    assertThat(digests).hasSize(all.size());
  }

  @Test
  void shouldTellReleasesApartByTheUsageTheyLeave() {
    long plain = ContentDigest.of(new AuthorizationReleased("a", "acme", 1, null));
    assertThat(ContentDigest.of(new AuthorizationReleased("a", "acme", 2, null))).isEqualTo(plain);
    assertThat(ContentDigest.of(new AuthorizationReleased("a", "acme", 1, 0L))).isNotEqualTo(plain);
  }

  @Test
  void shouldTellPaymentsApartByEveryFieldButTheirTime() {
    List<PaymentBuilder> all =
        List.of(
            payment("p", 1),
            payment("p", 2),
            payment("p", 1).currency("EUR"),
            payment("p", 1).recharge("r", null),
            payment("p", 1).recharge(null, 0),
            payment("p", 1).card("c"),
            payment("p", 1).intendedModels("m"));
    Set<Long> digests = new HashSet<>();
    for (PaymentBuilder each : all) {
      digests.add(ContentDigest.of(each.build(1)));
      assertThat(ContentDigest.of(each.build(2))).isEqualTo(ContentDigest.of(each.build(1)));
    }
    assertThat(digests).hasSize(all.size());
  }

  @Test
  void shouldTellDeclinesApartByEveryFieldButTheirTime() {
    List<DeclineBuilder> all =
        List.of(
            decline("p", "code"),
            decline("p", "other"),
            decline("p", "code").amount(2),
            decline("p", "code").currency("EUR"),
            decline("p", "code").recharge("r", null),
            decline("p", "code").advice("a", null),
            decline("p", "code").advice(null, "a"),
            decline("p", "code").card("c"));
    Set<Long> digests = new HashSet<>();
    for (DeclineBuilder each : all) {
      digests.add(ContentDigest.of(each.build(1)));
      assertThat(ContentDigest.of(each.build(2))).isEqualTo(ContentDigest.of(each.build(1)));
    }
    assertThat(digests).hasSize(all.size());
  }

  @Test
  void shouldTellGrantsApartByEveryFieldButTheirTime() {
    List<GrantBuilder> all =
        List.of(
            grant("g", 1).effectiveAt(9),
            grant("g", 2).effectiveAt(9),
            grant("g", 1).effectiveAt(8),
            grant("g", 1).effectiveAt(9).kind(GrantKind.COMPENSATION),
            grant("g", 1).effectiveAt(9).currency("EUR"),
            grant("g", 1).effectiveAt(9).expiresAt(0),
            grant("g", 1).effectiveAt(9).priority(0),
            grant("g", 1).effectiveAt(9).reason("sorry"));
    Set<Long> digests = new HashSet<>();
    for (GrantBuilder each : all) {
      digests.add(ContentDigest.of(each.build(1)));
      assertThat(ContentDigest.of(each.build(2))).isEqualTo(ContentDigest.of(each.build(1)));
    }
    assertThat(digests).hasSize(all.size());
  }

  @Test
  void shouldTellRefundsAndDisputesApartByPaymentAndAmount() {
    PaymentRefunded refund = new PaymentRefunded("r", "p", "acme", 1, RefundStatus.PENDING, 1);
    assertThat(ContentDigest.of(refund))
        .isEqualTo(
            ContentDigest.of(new PaymentRefunded("r", "p", "acme", 1, RefundStatus.PENDING, 2)))
        .isNotEqualTo(
            ContentDigest.of(new PaymentRefunded("r", "p", "acme", 2, RefundStatus.PENDING, 1)))
        .isNotEqualTo(
            ContentDigest.of(new PaymentRefunded("r", "q", "acme", 1, RefundStatus.PENDING, 1)));
    assertThat(ContentDigest.of(new DisputeUpdated("d", "p", "acme", 1, DisputeStatus.OPEN, 1)))
        .isNotEqualTo(
            ContentDigest.of(new DisputeUpdated("d", "q", "acme", 1, DisputeStatus.OPEN, 1)))
        .isNotEqualTo(
            ContentDigest.of(new DisputeUpdated("d", "p", "acme", 2, DisputeStatus.OPEN, 1)));
  }

  @Test
  void shouldTellRefundRequestsApartByPaymentAndBasis() {
    long plain = ContentDigest.of(new RefundRequested("q", "acme", "p", RefundBasis.OTHER, 1));
    assertThat(ContentDigest.of(new RefundRequested("q", "acme", "p", RefundBasis.OTHER, 2)))
        .isEqualTo(plain);
    assertThat(ContentDigest.of(new RefundRequested("q", "acme", "q", RefundBasis.OTHER, 1)))
        .isNotEqualTo(plain);
    assertThat(
            ContentDigest.of(new RefundRequested("q", "acme", "p", RefundBasis.BILLING_ERROR, 1)))
        .isNotEqualTo(plain);
  }

  @Test
  void shouldTellVoidsApartByTheirReason() {
    long plain = ContentDigest.of(new CreditVoided("g", "acme", 1, null));
    assertThat(ContentDigest.of(new CreditVoided("g", "acme", 2, null))).isEqualTo(plain);
    assertThat(ContentDigest.of(new CreditVoided("g", "acme", 1, "fraud"))).isNotEqualTo(plain);
  }
}
