package io.tollgate.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.identity.Permit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Open holds as a value: they answer like a plain list, and quickly. */
class HoldsTest {

  private static final Permit ANY = new Permit(null, List.of());

  @Test
  void shouldAnswerLikeAPlainList() {
    Random random = new Random(11);
    Map<String, Hold> plain = new TreeMap<>();
    Holds holds = Holds.NONE;
    for (int i = 0; i < 20_000; i++) {
      String id = "a" + random.nextInt(300);
      if (random.nextInt(5) < 3) {
        Hold hold = hold(id, random.nextInt(50), random.nextInt(40), random.nextInt(40));
        holds = holds.with(hold);
        plain.put(id, hold);
      } else {
        holds = holds.without(id);
        plain.remove(id);
      }
      assertThat(holds.find(id)).isEqualTo(plain.get(id));
      assertThat(holds.size()).isEqualTo(plain.size());
      if (i % 50 == 0) {
        assertSame(holds, List.copyOf(plain.values()), random.nextInt(42) - 1);
      }
    }
  }

  private static void assertSame(Holds holds, List<Hold> plain, long time) {
    List<Hold> visited = new ArrayList<>();
    holds.forEach(visited::add);
    assertThat(visited).isEqualTo(plain);
    assertThat(holds.nanos()).isEqualTo(plain.stream().mapToLong(Hold::nanos).sum());
    assertThat(holds.nanosOpenedBefore(time))
        .isEqualTo(
            plain.stream().filter(hold -> hold.openedAt() < time).mapToLong(Hold::nanos).sum());
    assertThat(holds.firstToEnd())
        .isEqualTo(
            plain.stream()
                .min(Comparator.comparingLong(Hold::endsAt).thenComparing(Hold::authorizationId))
                .orElse(null));
  }

  @Test
  void shouldTellWhatDiffersBetweenAnyTwo() {
    Random random = new Random(12);
    Holds holds = Holds.NONE;
    Holds before = holds;
    for (int i = 0; i < 20_000; i++) {
      String id = "a" + random.nextInt(300);
      holds =
          random.nextInt(5) < 3
              ? holds.with(hold(id, random.nextInt(3), random.nextInt(2), random.nextInt(2)))
              : holds.without(id);
      if (random.nextInt(10) == 0) {
        assertThat(differences(before, holds)).isEqualTo(plainDifferences(before, holds));
        before = holds;
      }
    }
    assertThat(differences(Holds.NONE, holds)).hasSize(holds.size());
    assertThat(differences(holds, Holds.NONE)).hasSize(holds.size());
    assertThat(differences(holds, holds)).isEmpty();
  }

  private static List<String> differences(Holds before, Holds after) {
    List<String> differences = new ArrayList<>();
    before.compare(after, (was, is) -> differences.add(was + " -> " + is));
    return differences;
  }

  private static List<String> plainDifferences(Holds before, Holds after) {
    TreeSet<String> ids = new TreeSet<>();
    before.forEach(hold -> ids.add(hold.authorizationId()));
    after.forEach(hold -> ids.add(hold.authorizationId()));
    return ids.stream()
        .filter(id -> !Objects.equals(before.find(id), after.find(id)))
        .map(id -> before.find(id) + " -> " + after.find(id))
        .toList();
  }

  @Test
  void shouldNotChangeWhatWasHandedOut() {
    Holds two = Holds.NONE.with(hold("a", 1, 0, 9)).with(hold("b", 2, 0, 8));
    Holds one = two.without("b");
    Holds other = two.with(hold("a", 7, 0, 1));

    assertThat(two.nanos()).isEqualTo(3);
    assertThat(one.nanos()).isEqualTo(1);
    assertThat(other.nanos()).isEqualTo(9);
    assertThat(Holds.NONE.size()).isZero();
    assertThat(two.without("c")).isSameAs(two);
  }

  /** 1.45 · log2(10,001) is 19.3: the longest path of an AVL tree of that size. */
  @Test
  void shouldFindAmongTenThousandInTwentyStepsWhateverTheOrderOfArrival() {
    for (int step : new int[] {1, -1, 7919}) {
      HoldTree tree = new HoldTree(Comparator.comparingLong(Hold::openedAt));
      for (int i = 0; i < 10_000; i++) {
        tree = tree.with(hold("a", 1, Math.floorMod(i * (long) step, 10_000L), 0));
      }
      for (int i = 0; i < 10_000; i += 3) {
        tree = tree.without(hold("a", 1, i, 0));
      }
      for (int i = 0; i < 10_000; i += 3) {
        tree = tree.with(hold("a", 1, i, 0));
      }
      for (int i = 0; i < 10_000; i++) {
        long wanted = i;
        int[] steps = {0};
        Hold found =
            tree.find(
                hold -> {
                  steps[0]++;
                  return Long.compare(wanted, hold.openedAt());
                });
        assertThat(found).isNotNull();
        assertThat(steps[0]).isLessThanOrEqualTo(20);
      }
    }
  }

  private static Hold hold(String id, long nanos, long openedAt, long endsAt) {
    return new Hold(id, 0, false, ANY, nanos, openedAt, openedAt, endsAt, 0, null);
  }
}
