package io.tollgate.sandbox.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZipfDrawTest {

  private static List<Integer> draw(int ranks, int count, long seed) {
    ZipfDraw zipf = new ZipfDraw(ranks, 1.0);
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToObj(i -> zipf.draw(random)).toList();
  }

  @Test
  void shouldDrawTheSameForTheSameSeed() {
    assertThat(draw(100, 1_000, 7))
        .isEqualTo(draw(100, 1_000, 7))
        .isNotEqualTo(draw(100, 1_000, 8));
  }

  @Test
  void shouldStayStableFromReleaseToRelease() {
    assertThat(draw(100, 10, 1)).containsExactly(24, 4, 1, 2, 84, 0, 82, 73, 75, 72);
  }

  @Test
  void shouldDrawEachRankInProportion() {
    List<Integer> ranks = draw(3, 11_000, 1);

    // 1 : 1/2 : 1/3 of 11,000 is 6,000 : 3,000 : 2,000.
    assertThat(count(ranks, 0)).isBetween(5_800L, 6_200L);
    assertThat(count(ranks, 1)).isBetween(2_800L, 3_200L);
    assertThat(count(ranks, 2)).isBetween(1_800L, 2_200L);
  }

  @Test
  void shouldDrawTheOnlyRank() {
    assertThat(draw(1, 10, 1)).containsOnly(0);
  }

  @Test
  void shouldRefuseToDrawFromNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ZipfDraw(0, 1.0));
  }

  private static long count(List<Integer> ranks, int rank) {
    return ranks.stream().filter(drawn -> drawn == rank).count();
  }
}
