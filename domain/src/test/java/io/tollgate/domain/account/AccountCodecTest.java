package io.tollgate.domain.account;

import static io.tollgate.domain.account.AccountScenario.CENT;
import static io.tollgate.domain.account.AccountScenario.time;
import static io.tollgate.domain.event.AuthorizationBuilder.authorization;
import static io.tollgate.domain.event.GrantBuilder.grant;
import static io.tollgate.domain.event.PaymentBuilder.payment;
import static io.tollgate.domain.event.UsageBuilder.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.event.AccountEvent.AccountOpened;
import io.tollgate.domain.event.AccountEvent.AutoRechargeConfigured;
import io.tollgate.domain.event.AccountEvent.BuyerType;
import io.tollgate.domain.event.AccountEvent.DisputeStatus;
import io.tollgate.domain.event.AccountEvent.GrantKind;
import io.tollgate.domain.event.AccountEvent.SpendLimitEnforcement;
import io.tollgate.domain.event.AccountEvent.SpendLimitScope;
import io.tollgate.domain.event.AccountEvent.VerificationStatus;
import io.tollgate.domain.rating.AccessPolicy;
import io.tollgate.domain.rating.AccessPolicy.Requirement;
import io.tollgate.domain.rating.ModelPrices;
import io.tollgate.domain.rating.PriceRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Snapshots; that a decoded account goes on like the live one is checked in every scenario. */
class AccountCodecTest {

  private static final long START = time("2026-03-01T00:00:00Z");
  private static final long DAY = 86_400_000L;

  /**
   * The bytes that running state is made of. If this fails, the format has changed: give it a new
   * number and keep reading this one, or state that is out there is lost.
   */
  @Test
  void shouldWriteAndReadTheStoredFormat() throws IOException {
    byte[] golden = golden();
    assertThat(HexFormat.of().formatHex(everything().snapshot()))
        .isEqualTo(HexFormat.of().formatHex(golden));

    Account decoded = AccountCodec.decode(golden);
    assertThat(decoded.id()).isEqualTo("acme");
    assertThat(decoded.ruleTime()).isEqualTo(START + DAY);
    assertThat(decoded.balance()).isEqualTo(everything().balance());
    assertThat(AccountCodec.nextDeadline(golden)).isEqualTo(everything().nextDeadline());
    assertThat(AccountCodec.encode(decoded, AccountCodec.nextDeadline(golden))).isEqualTo(golden);
  }

  /** A story that leaves something in every field. */
  private static AccountScenario everything() {
    AccountScenario acme = new AccountScenario();
    acme.reference.put(
        new ModelPrices(
            "odd", List.of(), List.of(new PriceRow("input", "standard", 0, 999_999, 0))));
    acme.reference.put(
        new AccessPolicy(
            "odd", List.of(new Requirement("gated", "policy", START + 1, START, null))));
    return acme.at(START)
        .happens(new AccountOpened("acme", START, "EUR", "DE", BuyerType.CONSUMER))
        .verification(VerificationStatus.VERIFIED)
        .isVerifiedAs("identity")
        .verifiesPhone("phone")
        .isAnswered(ClaimRequested.claim(ClaimKind.PHONE, "phone", "acme", "phone", START), true)
        .limits(SpendLimitScope.PROJECT, "project", 50_00L, SpendLimitEnforcement.BLOCK)
        .limits(SpendLimitScope.ACCOUNT, null, 1_00L)
        .isSuspended()
        .isReinstated()
        .mayOverdraw(2_00)
        .wantsAlertsAt(12_00, 3_00)
        .happens(payment("p1", 1000 * CENT).currency("EUR").card("card"))
        .happens(
            grant("g1", 300 * CENT)
                .currency("EUR")
                .kind(GrantKind.COMPENSATION)
                .priority(7)
                .expiresAt(START + 20 * DAY))
        .happens(
            grant("g2", 400 * CENT)
                .currency("EUR")
                .kind(GrantKind.TRIAL)
                .effectiveAt(START + 3 * DAY)
                .expiresAt(START + 9 * DAY))
        .happens(grant("g3", 100 * CENT).currency("EUR").expiresAt(START + DAY))
        .happens(configured(1500 * CENT, 2000 * CENT, 9000 * CENT, START))
        .isAnswered(1, 1, null)
        .happens(configured(0, 3000 * CENT, null, START + 1))
        .dispute("d1", "p1", 3_00, DisputeStatus.OPEN)
        .verification(VerificationStatus.REVOKED)
        .happens(usage("u0").model("odd").capabilities("gated"))
        .uses("u1", 1_00)
        .at(START + DAY - 1)
        .uses("u2", 2)
        .at(START + DAY)
        .happens(usage("u3").model("odd").input(10 * CENT))
        .happens(authorization("a1").model("odd").capabilities("vision").input(5 * CENT))
        .happens(authorization("l1").lease().model(null).amount(7 * CENT).ttl(2 * DAY))
        .releases("l1", 3L);
  }

  private static AutoRechargeConfigured configured(
      long threshold, long target, @Nullable Long limit, long at) {
    return new AutoRechargeConfigured("acme", true, threshold, target, limit, at);
  }

  private static byte[] golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            AccountCodecTest.class.getResourceAsStream("/snapshots/account-format-1.hex"))) {
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }

  @Test
  void shouldRefuseAFormatItDoesNotKnow() {
    byte[] snapshot = everything().snapshot();
    for (int format : new int[] {0, 2, 99, 255}) {
      snapshot[0] = (byte) format;
      assertThatThrownBy(() -> AccountCodec.decode(snapshot))
          .isInstanceOf(CorruptStateException.class)
          .hasMessageContaining("format " + format);
      assertThatThrownBy(() -> AccountCodec.nextDeadline(snapshot))
          .isInstanceOf(CorruptStateException.class);
    }
  }

  @Test
  void shouldRefuseEveryTruncationAndWhatIsLeftOver() {
    byte[] snapshot = everything().snapshot();
    for (int length = 0; length < snapshot.length; length++) {
      byte[] cut = Arrays.copyOf(snapshot, length);
      assertThatThrownBy(() -> AccountCodec.decode(cut)).isInstanceOf(CorruptStateException.class);
    }
    byte[] more = Arrays.copyOf(snapshot, snapshot.length + 1);
    assertThatThrownBy(() -> AccountCodec.decode(more)).isInstanceOf(CorruptStateException.class);
  }

  @Test
  void shouldNeverFailInAnotherWayOnDamagedBytes() {
    byte[] snapshot = everything().snapshot();
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] damaged = snapshot.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        AccountCodec.decode(damaged);
      } catch (CorruptStateException expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void shouldRefuseARechargeStateItDoesNotKnow() {
    byte[] snapshot = new AccountScenario().at(START).isReinstated().snapshot();
    int refused = 0;
    for (int i = 9; i < snapshot.length; i++) {
      byte[] damaged = snapshot.clone();
      damaged[i] = 0x55;
      try {
        AccountCodec.decode(damaged);
      } catch (CorruptStateException expected) {
        refused += String.valueOf(expected.getMessage()).contains("recharge state") ? 1 : 0;
      }
    }
    assertThat(refused).isOne();
  }

  @Test
  void shouldEncodeNothingDue() {
    AccountScenario acme = new AccountScenario().at(START).isReinstated();
    assertThat(AccountCodec.nextDeadline(acme.snapshot())).isEqualTo(AccountRules.NOTHING_DUE);
  }
}
