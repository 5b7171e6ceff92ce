package io.tollgate.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.account.AccountRules;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineQueueTest {

  private final DeadlineQueue queue = new DeadlineQueue();

  @Test
  void shouldHaveNothingDueAtFirst() {
    assertThat(queue.firstTime()).isEqualTo(AccountRules.NOTHING_DUE);
    assertThat(queue.firstAccount()).isNull();
  }

  @Test
  void shouldOrderByTimeThenByAccount() {
    queue.set("b", 10);
    queue.set("a", 20);
    queue.set("c", 10);
    queue.set("a-0", 10);

    for (String next : new String[] {"a-0", "b", "c", "a"}) {
      assertThat(queue.firstAccount()).isEqualTo(next);
      queue.set(next, AccountRules.NOTHING_DUE);
    }
    assertThat(queue.firstAccount()).isNull();
  }

  @Test
  void shouldReplaceAnAccountsDeadline() {
    queue.set("a", 10);
    queue.set("a", 30);
    queue.set("b", 20);

    assertThat(queue.firstAccount()).isEqualTo("b");
    queue.set("b", AccountRules.NOTHING_DUE);
    assertThat(queue.firstTime()).isEqualTo(30);
  }

  @Test
  void shouldIgnoreAnAccountThatNeverHadADeadline() {
    queue.set("a", AccountRules.NOTHING_DUE);

    assertThat(queue.firstAccount()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldAgreeWithAMap(long seed) {
    Random random = new Random(seed);
    Map<String, Long> expected = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      String account = "account-" + random.nextInt(40);
      if (random.nextInt(4) == 0) {
        queue.set(account, AccountRules.NOTHING_DUE);
        expected.remove(account);
      } else {
        long time = random.nextInt(20);
        queue.set(account, time);
        expected.put(account, time);
      }
      Optional<Map.Entry<String, Long>> first =
          expected.entrySet().stream()
              .min(
                  Comparator.comparingLong((Map.Entry<String, Long> due) -> due.getValue())
                      .thenComparing(Map.Entry::getKey));
      assertThat(queue.firstTime())
          .isEqualTo(first.map(Map.Entry::getValue).orElse(AccountRules.NOTHING_DUE));
      assertThat(queue.firstAccount()).isEqualTo(first.map(Map.Entry::getKey).orElse(null));
    }
  }
}
