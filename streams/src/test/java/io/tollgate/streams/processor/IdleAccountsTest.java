package io.tollgate.streams.processor;

import static io.tollgate.schemas.topics.TopicCatalogue.PAYMENT_EVENTS;
import static io.tollgate.streams.fixture.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.state.DeadlineQueue;
import java.lang.ref.Reference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Accounts that nobody uses, each with a deadline a year away: between deadlines a tick looks at
 * none of them. With more accounts than by default it also says what they cost.
 */
class IdleAccountsTest {

  private static final int ACCOUNTS = Integer.getInteger("tollgate.idle.accounts", 1_000);
  private static final int TICKS = 1_000;

  /** What the journal drops at once: 1,000 blocks of 32 entries. */
  private static final int FORGOTTEN_PER_TICK = 32_000;

  private final TaskSettings settings = Accounts.settings(1);
  private final TaskHarness task = new TaskHarness(settings, 0);

  @Test
  void shouldTouchNoAccountAndReadNoStoreInATickWithNothingDue() {
    for (int i = 0; i < ACCOUNTS; i++) {
      task.process(PAYMENT_EVENTS, i, START, Events.payment(accountId(i), "p" + i, 10).build());
      task.forgetForwarded();
    }
    long started = System.nanoTime();
    task.restart(settings);
    final long init = System.nanoTime() - started;
    for (int i = 0; i <= ACCOUNTS / FORGOTTEN_PER_TICK; i++) {
      tick(0); // the journal forgets that there were payments
    }
    task.forgetForwarded();

    final long callsBefore = task.storeCalls();
    started = System.nanoTime();
    for (int i = 1; i <= TICKS; i++) {
      tick(i);
    }
    final long ticks = System.nanoTime() - started;

    assertThat(task.storeCalls()).as("calls of any store").isEqualTo(callsBefore);
    assertThat(task.forwarded()).isEmpty();
    System.out.printf(
        "%,d idle accounts: start of the task %,d ms, a tick with nothing due %,d ns,"
            + " %,d bytes of heap each for deadlines%n",
        ACCOUNTS, init / 1_000_000, ticks / TICKS, heapOfDeadlines() / ACCOUNTS);
  }

  @Test
  void shouldTouchNoneButTheAccountThatIsDue() {
    for (int i = 0; i < 100; i++) {
      task.process(PAYMENT_EVENTS, i, START, Events.payment(accountId(i), "p" + i, 10).build());
    }
    task.process(
        PAYMENT_EVENTS,
        100,
        START.plusSeconds(1),
        Events.payment("first", "p", 10).setOccurredAt(START.minus(Duration.ofDays(1))).build());
    task.restart(settings);

    task.tick(0, START.plus(Duration.ofDays(334)));

    assertThat(task.forwarded()).isNotEmpty().allMatch(record -> "first".equals(record.key()));
  }

  private void tick(int number) {
    task.tick(number, START.plusSeconds(number));
  }

  private static String accountId(int number) {
    return "account-%07d".formatted(number);
  }

  private static long heapOfDeadlines() {
    long before = usedHeap();
    DeadlineQueue deadlines = new DeadlineQueue();
    try {
      for (int i = 0; i < ACCOUNTS; i++) {
        deadlines.set(accountId(i), START.toEpochMilli() + i);
      }
      return usedHeap() - before;
    } finally {
      Reference.reachabilityFence(deadlines);
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
