package io.tollgate.domain.claims;

import static io.tollgate.domain.claims.Registry.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CardBudgetTest {

  private static final long NOW = 1_767_225_600_000L; // 2026-01-01

  private final Registry registry = new Registry();

  private void decline(int times, long from) {
    for (int i = 0; i < times; i++) {
      registry.declined("c", "a", "none", "pay-" + (from + i) + ":1", from + i);
    }
  }

  @Test
  void shouldGrantTheFifteenthAttemptAndNotTheNext() {
    decline(14, NOW);

    assertThat(registry.card("c", "a", "a:1:1", NOW + DAY).granted()).isTrue();
    ClaimAnswered refused = registry.card("c", "b", "b:1:1", NOW + DAY);
    assertThat(refused.granted()).isFalse();
    assertThat(refused.reason()).isEqualTo(CardBudget.CARD_BUDGET_USED_UP);
    assertThat(refused.retryAt()).isEqualTo(NOW + 30 * DAY);
  }

  @Test
  void shouldHaveTheCardWaitUntilFourteenRemainInTheWindow() {
    decline(17, NOW);

    ClaimAnswered refused = registry.card("c", "a", "a:1:1", NOW + DAY);
    assertThat(refused.retryAt()).isEqualTo(NOW + 2 + 30 * DAY);
    assertThat(registry.card("c", "a", "a:1:1", NOW + 2 + 30 * DAY - 1).granted()).isFalse();
    assertThat(registry.card("c", "a", "a:1:1", NOW + 2 + 30 * DAY).granted()).isTrue();
  }

  @Test
  void shouldKeepASlotForAnAttemptUntilItsOutcome() {
    decline(14, NOW);
    registry.card("c", "a", "a:1:1", NOW);
    assertThat(registry.card("c", "b", "b:1:1", NOW).granted()).isFalse();

    registry.released("c", "b", "a:1:1");
    assertThat(registry.card("c", "b", "b:1:1", NOW).granted())
        .as("nobody gives back what another account holds")
        .isFalse();
    registry.released("c", "a", "a:1:1");
    assertThat(registry.card("c", "b", "b:1:1", NOW).granted()).isTrue();
  }

  @Test
  void shouldAnswerTheSameAttemptAsBeforeAndKeepOneSlot() {
    decline(13, NOW);
    ClaimAnswered first = registry.card("c", "a", "a:1:1", NOW);
    assertThat(registry.card("c", "a", "a:1:1", NOW)).isEqualTo(first);

    assertThat(registry.card("c", "b", "b:1:1", NOW).granted()).isTrue();
    assertThat(registry.card("c", "a", "a:1:1", NOW)).isEqualTo(first);
    assertThat(registry.card("c", "b", "b:1:2", NOW).granted()).isFalse();
  }

  @Test
  void shouldPutADeclineInThePlaceOfItsSlot() {
    decline(13, NOW);
    registry.card("c", "a", "a:1:1", NOW + 5 * DAY);
    registry.declined("c", "a", "a:1:1", "p:1", NOW + 20 * DAY);

    assertThat(registry.card("c", "b", "b:1:1", NOW + 20 * DAY).granted()).isTrue();
    assertThat(registry.card("c", "b", "b:1:2", NOW + 20 * DAY).granted()).isFalse();
  }

  @Test
  void shouldCountADeclineOnceHoweverOftenItIsTold() {
    decline(14, NOW);
    decline(14, NOW);

    assertThat(registry.card("c", "a", "a:1:1", NOW).granted()).isTrue();
  }

  @Test
  void shouldCountADeclineByItsOwnTime() {
    decline(14, NOW);
    registry.declined("c", "a", "none", "early", NOW - 30 * DAY);

    assertThat(registry.card("c", "a", "a:1:1", NOW).granted()).isTrue();
  }

  @Test
  void shouldCountASlotThatNobodyGaveBackForItsWindowOnly() {
    for (int i = 0; i < 15; i++) {
      registry.card("c", "a", "a:1:" + i, NOW + i);
    }

    ClaimAnswered refused = registry.card("c", "b", "b:1:1", NOW + DAY);
    assertThat(refused.retryAt()).isEqualTo(NOW + 30 * DAY);
    assertThat(registry.card("c", "b", "b:1:1", NOW + 30 * DAY).granted()).isTrue();
  }

  @Test
  void shouldKeepNothingOfACardThatWasNeverDeclined() {
    registry.card("c", "a", "a:1:1", NOW);
    assertThat(registry.size()).isEqualTo(1);

    registry.released("c", "a", "a:1:1");
    assertThat(registry.size()).isZero();
    registry.released("c", "a", "a:1:1");
    assertThat(registry.size()).isZero();
  }

  /** Against the plainest reading: all entries of the card, none ever dropped. */
  @Test
  void shouldDecideAsIfEveryEntryWereKept() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Registry bounded = new Registry();
      Map<String, Long> slots = new HashMap<>();
      Map<String, Long> declines = new HashMap<>();
      long now = NOW;
      for (int i = 0; i < 150; i++) {
        now += random.nextInt(3) * DAY / 2 + random.nextInt(3);
        String attempt = "a:" + random.nextInt(30) + ":1";
        switch (random.nextInt(4)) {
          case 0 -> {
            String payment = attempt + i / 3; // told twice now and then
            long at = declines.getOrDefault(payment, now - random.nextInt(4) * DAY);
            slots.remove(attempt);
            declines.put(payment, at);
            bounded.declined("c", "a", attempt, payment, at);
          }
          case 1 -> {
            slots.remove(attempt);
            bounded.released("c", "a", attempt);
          }
          default -> {
            if (slots.containsKey(attempt)) {
              continue; // the same request
            }
            Long retryAt = retryAt(slots, declines, now);
            ClaimAnswered answer = bounded.card("c", "a", attempt, now);
            assertThat(answer.retryAt()).as("seed %d, step %d", seed, i).isEqualTo(retryAt);
            assertThat(answer.granted()).isEqualTo(retryAt == null);
            if (retryAt == null) {
              slots.put(attempt, now);
            }
          }
        }
      }
    }
  }

  private static @Nullable Long retryAt(
      Map<String, Long> slots, Map<String, Long> declines, long now) {
    List<Long> counted = new ArrayList<>(slots.values());
    counted.addAll(declines.values());
    counted.removeIf(at -> at <= now - 30 * DAY);
    counted.sort(Comparator.reverseOrder());
    return counted.size() < 15 ? null : counted.get(14) + 30 * DAY;
  }
}
