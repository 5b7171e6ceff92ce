package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.AUTHORIZATION_REQUESTS;
import static io.tollgate.system.Events.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.consumers.gate.AccessGate;
import io.tollgate.consumers.gate.GateSettings;
import io.tollgate.consumers.gate.GatewayCall;
import io.tollgate.consumers.gate.ModelCall;
import io.tollgate.domain.event.Quantities;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.BlockReason;
import io.tollgate.events.UsageEvent;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.TollgateProducers;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gates against the pipeline: two gateways spend what one account has, call by call, and never more
 * than that; what they held is free when they close; what a gate that was killed held is free when
 * its lease ends.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AccessGatePipelineIT {

  private static final int PARTITIONS = 4;
  private static final int GATES = 2;
  private static final int CALLS_AT_ONCE = 2;

  /** No multiple of a lease, so that the last one is smaller. */
  private static final long CREDIT_NANOS = 10 * UNIT + UNIT / 2;

  private static final long NANOS_PER_TOKEN = 3_000;

  /** What costs 0.3 units. */
  private static final long MOST_TOKENS = 100_000;

  /** Far longer than the test: what ends before has been released. */
  private static final Duration LEASE = Duration.ofMinutes(10);

  private static final Duration LEASE_OF_KILLED = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;

  private final ExecutorService callers = Executors.newFixedThreadPool(GATES * CALLS_AT_ONCE);

  @Test
  void shouldSpendWhatThereIsAndHoldNothingInTheEnd() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(directory, PARTITIONS, Map.of());
        EventProducer events = TollgateProducers.connect(cluster.brokers()).events();
        Committed committed = new Committed(cluster.startPipeline("0"), cluster.config())) {
      events.send(Events.prices(NANOS_PER_TOKEN * 1_000_000)).get();
      pay(events, committed, "shared");
      spendAtTwoGates(cluster, committed, "shared");
      pay(events, committed, "left");
      killAGate(cluster, committed, "left");
    } finally {
      callers.shutdownNow();
    }
  }

  /** The pipeline, and what was read of it. */
  private static final class Committed implements AutoCloseable {
    private final ChildProcess pipeline;
    private final BooksReader books;
    private final Decisions decisions;
    private final CommittedRecords requests;
    private final Map<String, Long> settledUsage = new HashMap<>();

    Committed(ChildProcess pipeline, TollgateConfig config) {
      this.pipeline = pipeline;
      this.books = new BooksReader(config, PARTITIONS);
      this.decisions = new Decisions(config, PARTITIONS);
      this.requests = new CommittedRecords(config, PARTITIONS, AUTHORIZATION_REQUESTS);
    }

    void await(String what, BooleanSupplier reached) {
      books.await(what, PATIENCE.toNanos(), pipeline, reached, this::pollOthers);
    }

    private void pollOthers() {
      decisions.poll();
      for (ConsumerRecord<byte[], byte[]> each : requests.poll()) {
        if (EventCodec.decode(each.value()) instanceof AuthorizationReleased release) {
          settledUsage.merge(
              release.getAccountId(), Objects.requireNonNull(release.getSettledUsage()), Long::sum);
        }
      }
    }

    /** How many reports the releases of an account count. */
    long settledUsage(String account) {
      return settledUsage.getOrDefault(account, 0L);
    }

    AccountBalance balance(String account) {
      return Objects.requireNonNull(books.balances().get(account), account);
    }

    BooksReader.Books books(String account) {
      return Objects.requireNonNull(books.books().get(account), account);
    }

    @Override
    public void close() {
      books.close();
      decisions.close();
      requests.close();
    }
  }

  private static void pay(EventProducer events, Committed committed, String account)
      throws Exception {
    events.send(Events.payment(account, "p", 1).setAmountNanos(CREDIT_NANOS).build()).get();
    committed.await("the payment", () -> committed.books.balances().containsKey(account));
  }

  private void spendAtTwoGates(ProcessCluster cluster, Committed committed, String account)
      throws Exception {
    List<AccessGate> gates = new ArrayList<>();
    List<Long> tokens = new ArrayList<>();
    try {
      for (int i = 0; i < GATES; i++) {
        gates.add(
            AccessGate.start(
                GateSettings.of(cluster.brokers(), "gateway-" + i)
                    .withLeases(UNIT, LEASE, Duration.ofSeconds(1))
                    .withPatience(PATIENCE),
                TollgateProducers.connect(cluster.brokers())));
      }
      List<Future<List<Long>>> calling = new ArrayList<>();
      for (int i = 0; i < GATES * CALLS_AT_ONCE; i++) {
        AccessGate gate = gates.get(i % GATES);
        calling.add(callers.submit(() -> callUntilRefused(gate, account)));
      }
      for (Future<List<Long>> each : calling) {
        tokens.addAll(each.get());
      }
    } finally {
      gates.forEach(AccessGate::close);
    }
    committed.await(
        "all usage in the books, all leases released with theirs, and nothing held",
        () ->
            committed.books(account).version() == 1 + tokens.size()
                && committed.settledUsage(account) == tokens.size()
                && committed.balance(account).getHeldNanos() == 0);
    assertCharged(committed.books(account), tokens);
    assertLeases(committed.decisions.of(account));
  }

  /** The tokens of each call. */
  private static List<Long> callUntilRefused(AccessGate gate, String account) throws Exception {
    ModelCall call =
        new ModelCall(
            account,
            Events.MODEL,
            List.of(),
            "standard",
            new Quantities(MOST_TOKENS, 0, 0, 0, Map.of()));
    List<Long> used = new ArrayList<>();
    GatewayCall opened = gate.open(call);
    while (opened.isAllowed()) {
      long tokens = ThreadLocalRandom.current().nextLong(1, MOST_TOKENS + 1);
      opened.settle(UsageEvent.newBuilder().setInputTokens(tokens)).get();
      used.add(tokens);
      opened = gate.open(call);
    }
    assertThat(opened.decision().reason()).isEqualTo(BlockReason.INSUFFICIENT_CREDIT);
    return used;
  }

  private static void assertCharged(BooksReader.Books books, List<Long> tokens) {
    long cost = tokens.stream().mapToLong(each -> each * NANOS_PER_TOKEN).sum();
    assertThat(books.balanceNanos()).isEqualTo(CREDIT_NANOS - cost);
    assertThat(books.lowestBalanceNanos()).isZero();
    assertThat(books.flags()).isEmpty();
    assertThat(cost).as("refused only when little was left").isGreaterThan(CREDIT_NANOS / 2);
  }

  private static void assertLeases(List<AuthorizationDecided> decided) {
    assertThat(decided).extracting(AuthorizationDecided::getHeldNanos).allMatch(n -> n <= UNIT);
    assertThat(decided)
        .filteredOn(each -> each.getHeldNanos() == UNIT)
        .as("granted, and renewed")
        .hasSizeGreaterThan(2 * GATES);
    assertThat(decided)
        .filteredOn(each -> each.getHeldNanos() > 0 && each.getHeldNanos() < UNIT)
        .as("the last of the credit")
        .isNotEmpty()
        .allMatch(AuthorizationDecided::getFinalGrant);
  }

  private static void killAGate(ProcessCluster cluster, Committed committed, String account)
      throws Exception {
    ChildProcess gate =
        cluster.start(
            GateMain.class,
            List.of(cluster.brokers(), account, Long.toString(UNIT), LEASE_OF_KILLED.toString()));
    assertThat(gate.firstLine()).isEqualTo("allowed");
    gate.kill();
    committed.await("the grant", () -> !committed.decisions.of(account).isEmpty());
    AuthorizationDecided granted = committed.decisions.of(account).get(0);
    assertThat(granted.getHeldNanos()).isEqualTo(UNIT);
    Instant end = Objects.requireNonNull(granted.getExpiresAt());
    committed.await(
        "the end of the hold",
        () ->
            committed.balance(account).getHeldNanos() == 0
                && !committed.balance(account).getAsOf().isBefore(end));

    assertThat(committed.balance(account).getAvailableNanos()).isEqualTo(CREDIT_NANOS);
    assertThat(committed.books(account).version()).isEqualTo(1);
  }
}
