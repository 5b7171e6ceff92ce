package io.tollgate.producers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventIdsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong millis = new AtomicLong(START.toEpochMilli());
  private final EventIds ids = new EventIds(() -> Instant.ofEpochMilli(millis.get()));

  @Test
  void shouldMintUuidsOfVersionSevenThatTellTheirTime() {
    String text = ids.next();

    UUID id = UUID.fromString(text);
    assertThat(id).hasToString(text);
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(millisOf(id)).isEqualTo(START.toEpochMilli());
  }

  @Test
  void shouldRiseWithinAMillisecond() {
    List<String> minted = mint(5_000);

    assertThat(minted).isSorted().doesNotHaveDuplicates();
    // 4,096 of one millisecond, and those that borrow from the next.
    assertThat(millisOf(UUID.fromString(minted.get(4_095)))).isEqualTo(START.toEpochMilli());
    assertThat(millisOf(UUID.fromString(minted.get(4_096)))).isEqualTo(START.toEpochMilli() + 1);
  }

  @Test
  void shouldRiseOverTimeAndWhenTheClockGoesBack() {
    List<String> minted = new ArrayList<>();
    for (long step : new long[] {1, 1_000, -500, -86_400_000, 1, 172_800_000}) {
      minted.add(ids.next());
      millis.addAndGet(step);
    }
    minted.add(ids.next());

    assertThat(minted).isSorted().doesNotHaveDuplicates();
    assertThat(millisOf(UUID.fromString(minted.get(6)))).isEqualTo(millis.get());
  }

  @Test
  void shouldDifferBetweenInstancesAtOneTime() {
    List<String> both = mint(1_000);
    EventIds others = new EventIds(() -> START);
    for (int i = 0; i < 1_000; i++) {
      both.add(others.next());
    }

    assertThat(both).doesNotHaveDuplicates();
  }

  @Test
  void shouldMintEachOnceForManyThreads() throws Exception {
    Set<String> all = Collections.synchronizedSet(new HashSet<>());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        done.add(threads.submit(() -> all.addAll(mint(10_000))));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }

    assertThat(all).hasSize(40_000);
    assertThat(all.stream().map(id -> id.substring(0, 18)).distinct()).hasSize(40_000);
  }

  private List<String> mint(int count) {
    List<String> minted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      minted.add(ids.next());
    }
    return minted;
  }

  private static long millisOf(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }
}
