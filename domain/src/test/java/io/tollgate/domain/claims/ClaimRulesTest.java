package io.tollgate.domain.claims;

import static io.tollgate.domain.claims.Registry.DAY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.effect.Effect.ClaimAction;
import io.tollgate.domain.effect.Effect.ClaimKind;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClaimRulesTest {

  private static final long NOW = 1_767_225_600_000L; // 2026-01-01

  private final Registry registry = new Registry();

  @Test
  void shouldGiveAPhoneToItsFirstClaimerForEver() {
    assertThat(registry.phone("p", "a", NOW))
        .isEqualTo(new ClaimAnswered(ClaimKind.PHONE, "PHONE:p", "a", "p", true, null, null, NOW));
    assertThat(registry.phone("p", "b", NOW + 4_000 * DAY))
        .isEqualTo(
            new ClaimAnswered(
                ClaimKind.PHONE,
                "PHONE:p",
                "b",
                "p",
                false,
                ClaimRules.PHONE_ALREADY_USED,
                null,
                NOW + 4_000 * DAY));
    assertThat(registry.phone("q", "b", NOW).granted()).isTrue();
  }

  @Test
  void shouldAnswerTheHolderOfAPhoneAsBefore() {
    registry.phone("p", "a", NOW);
    registry.phone("p", "b", NOW);

    assertThat(registry.phone("p", "a", NOW).granted()).isTrue();
    assertThat(registry.phone("p", "b", NOW).granted()).isFalse();
  }

  @Test
  void shouldKeepAnIdentityForItsHolderFor90Days() {
    assertThat(registry.identity("i", "a", "1", NOW).granted()).isTrue();

    ClaimAnswered refused = registry.identity("i", "b", "1", NOW + 90 * DAY - 1);
    assertThat(refused.granted()).isFalse();
    assertThat(refused.reason()).isEqualTo(ClaimRules.IDENTITY_IN_USE);
    assertThat(refused.retryAt()).isEqualTo(NOW + 90 * DAY);
    assertThat(registry.identity("i", "b", "2", NOW + 90 * DAY).granted()).isTrue();
    assertThat(registry.identity("i", "a", "2", NOW + 91 * DAY).granted())
        .as("it has another holder now")
        .isFalse();
  }

  @Test
  void shouldLetTheHolderRenewAnIdentity() {
    registry.identity("i", "a", "1", NOW);
    assertThat(registry.identity("i", "a", "2", NOW + 60 * DAY).granted()).isTrue();

    assertThat(registry.identity("i", "b", "1", NOW + 90 * DAY).granted()).isFalse();
    assertThat(registry.identity("i", "b", "2", NOW + 150 * DAY - 1).granted()).isFalse();
    assertThat(registry.identity("i", "b", "3", NOW + 150 * DAY).granted()).isTrue();
  }

  @Test
  void shouldRenewNothingByARefusedClaim() {
    registry.identity("i", "a", "1", NOW);
    registry.identity("i", "b", "1", NOW + 89 * DAY);

    assertThat(registry.identity("i", "b", "2", NOW + 90 * DAY).granted()).isTrue();
  }

  @Test
  void shouldAnswerTheSameIdentityClaimAsBefore() {
    ClaimAnswered first = registry.identity("i", "a", "1", NOW);
    ClaimAnswered refused = registry.identity("i", "b", "1", NOW + DAY);
    registry.identity("i", "b", "2", NOW + 90 * DAY);

    assertThat(registry.identity("i", "a", "1", NOW)).isEqualTo(first);
    assertThat(registry.identity("i", "b", "1", NOW + DAY)).isEqualTo(refused);
    assertThat(registry.identity("i", "a", "1", NOW + 200 * DAY)).isEqualTo(first);
    assertThat(registry.identity("i", "a", "2", NOW + 180 * DAY - 1).granted())
        .as("the answer that was repeated renewed nothing")
        .isFalse();
  }

  @Test
  void shouldDecideClaimsInTheOrderOfTheirArrival() {
    registry.identity("i", "a", "1", NOW + DAY);

    ClaimAnswered late = registry.identity("i", "b", "1", NOW);
    assertThat(late.granted()).isFalse();
    assertThat(late.occurredAt()).isEqualTo(NOW + DAY);
    assertThat(registry.identity("i", "a", "2", NOW).granted()).isTrue();
    assertThat(registry.identity("i", "b", "2", NOW + 91 * DAY - 1).granted())
        .as("a renewal that is late moves nothing back")
        .isFalse();
  }

  @Test
  void shouldForgetTheOldestAnswersOfAnIdentityAndStayBounded() {
    registry.identity("i", "a", "1", NOW);
    for (int i = 0; i <= ClaimRules.REMEMBERED_ANSWERS; i++) {
      registry.identity("i", "b", "again " + i, NOW + i);
    }

    ClaimRequested last = ClaimRequested.claim(ClaimKind.IDENTITY, "i", "b", "last", NOW);
    ClaimState.Identity identity =
        (ClaimState.Identity) requireNonNull(registry.decide(last).state());
    assertThat(identity.decided()).hasSize(ClaimRules.REMEMBERED_ANSWERS);
    assertThat(identity.decided().get(ClaimRules.REMEMBERED_ANSWERS - 1).subject())
        .isEqualTo("last");
    assertThat(identity.holder()).isEqualTo("a");
  }

  @ParameterizedTest
  @EnumSource(value = ClaimKind.class, names = "CARD", mode = EnumSource.Mode.EXCLUDE)
  void shouldChangeNothingByAWordThatOnlyCardsUnderstand(ClaimKind kind) {
    registry.decide(ClaimRequested.claim(kind, "h", "a", "1", NOW));
    for (ClaimAction action : new ClaimAction[] {ClaimAction.DECLINED, ClaimAction.RELEASED}) {
      ClaimRules.Verdict verdict =
          registry.decide(
              new ClaimRequested(kind, action, kind.keyOf("h"), "a", "1", null, NOW, null));

      assertThat(verdict.answer()).isNull();
      assertThat(verdict.state()).isNotNull();
    }
    assertThat(registry.size()).isEqualTo(1);
  }
}
