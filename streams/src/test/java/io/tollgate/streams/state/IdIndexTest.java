package io.tollgate.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.identity.Fingerprint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdIndexTest {

  private static final int OPERATIONS = 60_000;

  private record Content(long digest, long until) {}

  private final IdIndex index = new IdIndex();
  private final Map<Fingerprint, Content> expected = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldAgreeWithAMapOnUniformFingerprints(long seed) {
    Random random = new Random(seed);
    List<Fingerprint> ids = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      ids.add(new Fingerprint(random.nextLong(), random.nextLong()));
    }
    compare(ids, random);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldAgreeWithAMapWhenFingerprintsShareTheirSlots(long seed) {
    Random random = new Random(seed);
    List<Fingerprint> ids = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      // The last slots of any table and the first: runs that wrap around its end.
      long slot = random.nextInt(24) - 12L;
      ids.add(new Fingerprint((slot & 0xFFFF_FFFFL) | ((long) random.nextInt(3) << 32), i % 7));
    }
    compare(ids.stream().distinct().toList(), random);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldAgreeWithAMapWhenAllFingerprintsShareOneSlot(long seed) {
    Random random = new Random(seed);
    List<Fingerprint> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      ids.add(new Fingerprint((long) i << 32, random.nextLong()));
    }
    compare(ids, random);
  }

  private void compare(List<Fingerprint> ids, Random random) {
    for (int i = 0; i < OPERATIONS; i++) {
      Fingerprint id = ids.get(random.nextInt(ids.size()));
      long time = 1L + random.nextInt(50);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          long digest = random.nextLong();
          index.put(id, digest, time);
          expected.put(id, new Content(digest, time));
        }
        case 2 -> {
          index.remove(id, time);
          expected.computeIfPresent(
              id, (same, content) -> content.until() <= time ? null : content);
        }
        default -> assertThat(index.get(id, time)).isEqualTo(expectedAt(id, time));
      }
      assertThat(index.size()).isEqualTo(expected.size());
    }
    for (Fingerprint id : ids) {
      assertThat(index.get(id, 1)).isEqualTo(expectedAt(id, 1));
    }
    ids.forEach(id -> index.remove(id, Long.MAX_VALUE));
    assertThat(index.size()).isZero();
    assertThat(ids).allSatisfy(id -> assertThat(index.get(id, Long.MIN_VALUE)).isNull());
  }

  private @Nullable Long expectedAt(Fingerprint id, long time) {
    Content content = expected.get(id);
    return content == null || content.until() < time ? null : content.digest();
  }

  @Test
  void shouldRememberUntilTheTimeItself() {
    Fingerprint id = new Fingerprint(1, 2);
    index.put(id, 3, 100);

    assertThat(index.get(id, 100)).isEqualTo(3);
    assertThat(index.get(id, 101)).isNull();
  }

  @Test
  void shouldNotForgetWhatWasRememberedAnewForLonger() {
    Fingerprint id = new Fingerprint(1, 2);
    index.put(id, 3, 100);
    index.put(id, 3, 200);

    index.remove(id, 100);

    assertThat(index.get(id, 200)).isEqualTo(3);
  }

  @Test
  void shouldTellFingerprintsApartByEitherHalf() {
    index.put(new Fingerprint(1, 2), 10, 100);

    assertThat(index.get(new Fingerprint(1, 3), 0)).isNull();
    assertThat(index.get(new Fingerprint(1 + (1L << 32), 2), 0)).isNull();
    assertThat(index.get(new Fingerprint(0, 0), 0)).isNull();
  }
}
