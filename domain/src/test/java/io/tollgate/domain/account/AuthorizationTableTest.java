package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.AuthorizationBuilder.authorization;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect.AuthorizationDecided;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.UsageBlocked;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.SpendLimitEnforcement;
import io.tollgate.domain.event.AccountEvent.SpendLimitScope;
import io.tollgate.domain.event.AuthorizationBuilder;
import io.tollgate.domain.event.UsageBuilder;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the tables in docs/authorizations.md. */
class AuthorizationTableTest {

  private static final String DOCUMENT = "docs/authorizations.md";
  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long TTL = 600_000;

  private final AccountScenario acme = new AccountScenario().at(START);

  static Stream<Map<String, String>> decisions() {
    return DocumentTable.under(DOCUMENT, "The decision");
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void shouldDecideAsDocumented(Map<String, String> row) {
    long estimate = nanos(row, "estimate");
    String model = isYes(row, "priced") ? "metered" : "unknown";
    fund(nanos(row, "available"));
    if (isYes(row, "unverified, gated model")) {
      gate(model, AccessPolicy.WHOLE_MODEL);
    }
    if (isYes(row, "limit reached")) {
      acme.limits(SpendLimitScope.ACCOUNT, null, 0L, SpendLimitEnforcement.BLOCK);
    }
    if (isYes(row, "suspended")) {
      acme.isSuspended();
    }
    AuthorizationBuilder request = authorization("a1").model(model).input(estimate);
    if (cell(row, "purpose").equals("LEASE")) {
      request.lease();
    }
    acme.soFar().happens(request);

    AuthorizationDecided decided = acme.decided();
    assertThat(decided.outcome().name()).isEqualTo(cell(row, "outcome"));
    assertThat(decided.reason() == null ? "" : decided.reason().name())
        .isEqualTo(cell(row, "reason"));
    assertThat(decided.heldNanos()).isEqualTo(nanos(row, "held"));
    assertThat(decided.finalGrant()).isEqualTo(isYes(row, "final grant"));
    assertThat(acme.balance().heldNanos()).isEqualTo(nanos(row, "held"));
    if (!cell(row, "would have cost").isEmpty()) {
      UsageBlocked blocked = acme.blocked();
      assertThat(blocked.reason()).isEqualTo(decided.reason());
      assertThat(blocked.served()).isFalse();
      assertThat(blocked.wouldHaveCostNanos()).isEqualTo(nanos(row, "would have cost"));
    }
    acme.expectNothingMore();
  }

  private void fund(long nanos) {
    if (nanos > 0) {
      acme.pays("p1", nanos / CENT);
    } else if (nanos < 0) {
      acme.uses("u0", -nanos / CENT);
    }
  }

  static Stream<Map<String, String>> settlements() {
    return DocumentTable.under(DOCUMENT, "Settlement");
  }

  @ParameterizedTest
  @MethodSource("settlements")
  void shouldSettleAsDocumented(Map<String, String> row) {
    acme.pays("p1", 10_00);
    switch (cell(row, "authorization")) {
      case "REQUEST" -> acme.asks("a1", 4_00);
      case "LEASE" -> acme.asksForLease("a1", 4_00);
      case "denied" -> acme.asks("a1", 11_00);
      case "unknown" -> {}
      default -> throw new IllegalArgumentException(row.toString());
    }
    switch (cell(row, "then")) {
      case "" -> {}
      case "it is settled" -> acme.uses("u0", 4_00, "a1");
      case "it is released" -> acme.releases("a1");
      case "its time is over" -> acme.until(START + TTL);
      case "the account is suspended" -> acme.isSuspended();
      case "its model is gated" -> gate("metered", AccessPolicy.WHOLE_MODEL);
      default -> throw new IllegalArgumentException(row.toString());
    }
    acme.soFar().happens(usageOf(row).authorization("a1"));

    switch (cell(row, "debited")) {
      case "blocked" -> assertThat(acme.blocked().served()).isTrue();
      case "rejected" -> acme.expectRejected(RejectionReason.UNPRICED);
      default -> {
        LedgerEntry entry = acme.entry();
        assertThat(entry.amountNanos()).isEqualTo(-nanos(row, "debited"));
        assertThat(entry.flags()).extracting(Enum::name).isEqualTo(words(cell(row, "flags")));
      }
    }
    assertThat(acme.balance().heldNanos()).isEqualTo(nanos(row, "held after"));
  }

  private UsageBuilder usageOf(Map<String, String> row) {
    return switch (cell(row, "usage")) {
      case "costs 3.00" -> usage("u1").input(300 * CENT);
      case "costs 5.00" -> usage("u1").input(500 * CENT);
      case "failed" -> usage("u1").input(300 * CENT).completion(Completion.FAILED);
      case "of an unpriced model" -> usage("u1").model("unknown");
      case "of a gated capability it did not name" -> {
        gate("metered", "vision");
        yield usage("u1").capabilities("vision");
      }
      default -> throw new IllegalArgumentException(row.toString());
    };
  }

  static Stream<Map<String, String>> releases() {
    return DocumentTable.under(DOCUMENT, "Release");
  }

  @ParameterizedTest
  @MethodSource("releases")
  void shouldReleaseAsDocumented(Map<String, String> row) {
    assertThat(released(row).balance().heldNanos()).isEqualTo(nanos(row, "held at once"));
    assertThat(released(row).uses("u2", 1_00, "a1").balance().heldNanos())
        .isEqualTo(nanos(row, "held after one more event of 1.00"));
    assertThat(released(row).until(START + 30_000).balance().heldNanos())
        .isEqualTo(nanos(row, "held 30 s later"));
  }

  private static AccountScenario released(Map<String, String> row) {
    String settled = cell(row, "settledUsage");
    return new AccountScenario()
        .at(START)
        .pays("p1", 10_00)
        .asksForLease("a1", 4_00)
        .uses("u1", 1_00, "a1")
        .releases("a1", settled.isEmpty() ? null : Long.valueOf(settled));
  }

  private void gate(String model, String capability) {
    acme.reference.put(
        new AccessPolicy(model, List.of(new Requirement(capability, "policy", 0, 0, null))));
  }

  private static String cell(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }

  private static boolean isYes(Map<String, String> row, String column) {
    return switch (cell(row, column)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new IllegalArgumentException(row.toString());
    };
  }

  private static long nanos(Map<String, String> row, String column) {
    return new BigDecimal(cell(row, column)).movePointRight(9).longValueExact();
  }

  private static List<String> words(String cell) {
    return cell.isEmpty() ? List.of() : Arrays.asList(cell.split(" "));
  }
}
