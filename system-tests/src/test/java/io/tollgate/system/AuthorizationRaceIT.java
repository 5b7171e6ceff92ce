package io.tollgate.system;

import static io.tollgate.system.Events.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.BlockReason;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.TollgateProducers;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The overdraft bound on real Kafka: a thousand requests at once, each for a fiftieth of what there
 * is, of which exactly fifty are allowed, also if the pipeline is killed in between; and calls
 * whose release overtakes their usage. No balance is ever below zero.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AuthorizationRaceIT {

  private static final int PARTITIONS = 4;
  private static final int REQUESTS = 1_000;
  private static final int CREDIT_UNITS = 50;
  private static final int SENDERS = 4;
  private static final int CALLS_AT_ONCE = 40;

  /** What costs no more than a unit, at three units for a million. */
  private static final int MOST_TOKENS = 333_333;

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private static final Map<String, String> SETTINGS =
      Map.of(
          TollgateConfig.SESSION_TIMEOUT, "PT6S",
          TollgateConfig.TRANSACTION_TIMEOUT, "PT3S");

  @TempDir Path directory;

  private final List<EventProducer> producers = new ArrayList<>();
  private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);

  @Test
  void shouldNeverAllowMoreThanThereIs() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(directory, PARTITIONS, SETTINGS);
        BooksReader books = new BooksReader(cluster.config(), PARTITIONS);
        Decisions decisions = new Decisions(cluster.config(), PARTITIONS)) {
      for (int i = 0; i < SENDERS; i++) {
        producers.add(TollgateProducers.connect(cluster.brokers()).events());
      }
      Run run = new Run(cluster.startPipeline("0"), books, decisions);
      producers.get(0).send(Events.prices(3 * UNIT)).get();

      race(run, "at-once", () -> {});
      race(
          run,
          "killed",
          () -> {
            run.await(
                "the first decisions",
                () -> decisions.of("killed").size() > REQUESTS / 10,
                decided -> {});
            run.pipeline.kill();
            run.pipeline = cluster.startPipeline("0");
          });
      releasesOvertakeUsage(run, "overtaken");
    } finally {
      producers.forEach(EventProducer::close);
      senders.shutdownNow();
    }
  }

  /** The processes and what was read of them. */
  private static final class Run {
    private ChildProcess pipeline;
    private final BooksReader books;
    private final Decisions decisions;

    Run(ChildProcess pipeline, BooksReader books, Decisions decisions) {
      this.pipeline = pipeline;
      this.books = books;
      this.decisions = decisions;
    }

    void await(String what, BooleanSupplier reached, Consumer<AuthorizationDecided> onDecision) {
      books.await(
          what, PATIENCE_NANOS, pipeline, reached, () -> decisions.poll().forEach(onDecision));
    }

    BooksReader.Books booksOf(String account) {
      return Objects.requireNonNull(books.books().get(account), account);
    }
  }

  /** What happens while a race is on. */
  @FunctionalInterface
  private interface Disturbance {
    void happen() throws Exception;
  }

  private void race(Run run, String account, Disturbance disturbance) throws Exception {
    pay(run, account);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> sending = new ArrayList<>();
    for (EventProducer producer : producers) {
      int first = producers.indexOf(producer);
      sending.add(
          senders.submit(
              () -> {
                start.await();
                for (int i = first; i < REQUESTS; i += SENDERS) {
                  send(producer, request(account, "r" + i));
                }
                producer.flush();
                return null;
              }));
    }
    start.countDown();
    disturbance.happen();
    for (Future<?> each : sending) {
      each.get();
    }
    run.await("all decisions", () -> run.decisions.of(account).size() >= REQUESTS, decided -> {});

    List<AuthorizationDecided> decided = run.decisions.of(account);
    assertThat(decided)
        .extracting(AuthorizationDecided::getAuthorizationId)
        .doesNotHaveDuplicates();
    List<AuthorizationDecided> allowed =
        decided.stream().filter(each -> each.getOutcome() == AuthorizationOutcome.ALLOWED).toList();
    assertThat(allowed).hasSize(CREDIT_UNITS);
    assertThat(allowed).allMatch(each -> each.getHeldNanos() == UNIT);
    assertThat(decided)
        .filteredOn(each -> each.getOutcome() == AuthorizationOutcome.DENIED)
        .hasSize(REQUESTS - CREDIT_UNITS)
        .allMatch(each -> each.getReason() == BlockReason.INSUFFICIENT_CREDIT);

    for (AuthorizationDecided each : allowed) {
      send(producers.get(0), usage(each, MOST_TOKENS));
    }
    run.await(
        "all settlements", () -> run.booksOf(account).version() == 1 + CREDIT_UNITS, none -> {});
    assertThat(run.booksOf(account).balanceNanos())
        .isEqualTo(CREDIT_UNITS * (UNIT - 3_000L * MOST_TOKENS));
    assertSettledInTime(run.booksOf(account));
  }

  /** Calls in a loop, so many at a time: as soon as one is allowed, it is used and released. */
  private void releasesOvertakeUsage(Run run, String account) throws Exception {
    pay(run, account);
    int[] next = {0};
    int[] allowed = {0};
    while (next[0] < CALLS_AT_ONCE) {
      send(producers.get(0), request(account, "r" + next[0]++));
    }
    run.await(
        "all calls",
        () ->
            run.decisions.of(account).size() == REQUESTS
                && run.booksOf(account).version() == 1 + allowed[0],
        decided -> {
          if (decided.getOutcome() == AuthorizationOutcome.ALLOWED) {
            allowed[0]++;
            settleAndRelease(decided);
          }
          if (next[0] < REQUESTS) {
            send(producers.get(0), request(account, "r" + next[0]++));
          }
        });
    assertThat(allowed[0]).as("what was not used could be used again").isGreaterThan(CREDIT_UNITS);
    assertSettledInTime(run.booksOf(account));
  }

  /** Two topics, two producers, two threads: nobody knows which is processed first. */
  private void settleAndRelease(AuthorizationDecided decided) {
    int tokens = 1 + ThreadLocalRandom.current().nextInt(MOST_TOKENS);
    senders.execute(() -> send(producers.get(1), usage(decided, tokens)));
    senders.execute(
        () ->
            send(
                producers.get(2),
                AuthorizationReleased.newBuilder()
                    .setAuthorizationId(decided.getAuthorizationId())
                    .setAccountId(decided.getAccountId())
                    .setReleasedAt(Instant.now())
                    .setSettledUsage(1L)
                    .build()));
  }

  private void pay(Run run, String account) throws Exception {
    producers.get(0).send(Events.payment(account, "p", CREDIT_UNITS).build()).get();
    run.await("the payment", () -> run.books.books().containsKey(account), decided -> {});
  }

  private static void assertSettledInTime(BooksReader.Books books) {
    assertThat(books.lowestBalanceNanos()).isZero();
    assertThat(books.balanceNanos()).isNotNegative();
    assertThat(books.flags()).isEmpty();
  }

  private static AuthorizationRequested request(String account, String id) {
    return AuthorizationRequested.newBuilder()
        .setAuthorizationId(id)
        .setAccountId(account)
        .setRequestedAt(Instant.now())
        .setModel(Events.MODEL)
        .setAmountNanos(UNIT)
        .build();
  }

  private static SpecificRecord usage(AuthorizationDecided allowed, long tokens) {
    return Events.usage(allowed.getAccountId(), "u-" + allowed.getAuthorizationId())
        .setAuthorizationId(allowed.getAuthorizationId())
        .setInputTokens(tokens)
        .build();
  }

  private static void send(EventProducer producer, SpecificRecord event) {
    var unused = producer.send(event);
  }
}
