package io.tollgate.benchmarks;

import io.tollgate.domain.DeclineTable;
import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.AccountDelta;
import io.tollgate.domain.account.AccountRules;
import io.tollgate.domain.account.Arrival;
import io.tollgate.domain.account.Decision;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AuthorizationPurpose;
import io.tollgate.domain.event.AccountEvent.AuthorizationRequested;
import io.tollgate.domain.event.AccountEvent.Completion;
import io.tollgate.domain.event.AccountEvent.PaymentSucceeded;
import io.tollgate.domain.event.AccountEvent.UsageEvent;
import io.tollgate.domain.event.AccountEvent.UsageSource;
import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.identity.NoMemory;
import io.tollgate.domain.rating.Reference;
import io.tollgate.mapping.EventMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the pipeline computes for one record of an account with open holds: the decision, and the
 * delta that is stored. Kafka and the store are not in it.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecideBenchmark {

  private static final String ACCOUNT = "acme";
  private static final String MODEL = "gpt-5";
  private static final Quantities TOKENS = new Quantities(700, 300, 0, 500, Map.of());
  private static final long NOW = Instant.parse("2026-09-01T00:00:00Z").toEpochMilli();
  private static final long CREDIT = 1_000_000_000_000L;

  /** So many records in turn, so that none becomes special. */
  private static final int RECORDS = 1 << 10;

  /** The limit is 10,000; one more is to be opened. */
  @Param({"10", "9999"})
  public int holds;

  private final AccountRules rules;
  private final AccountEvent[] requests = new AccountEvent[RECORDS];
  private final AccountEvent[] settlements = new AccountEvent[RECORDS];
  private final AccountEvent[] plain = new AccountEvent[RECORDS];
  private @Nullable Account account;
  private int next;

  public DecideBenchmark() {
    Reference reference = new Reference();
    reference.put(EventMapper.modelPrices(Prices.of(MODEL)));
    rules =
        new AccountRules(
            RuleSettings.defaults(new DeclineTable(Map.of())), reference, new NoMemory());
  }

  /** Opens the account and its holds. */
  @Setup
  public void open() {
    account =
        decide(new PaymentSucceeded("p1", ACCOUNT, CREDIT, "USD", NOW, null, null, null, List.of()))
            .account();
    for (int i = 0; i < holds; i++) {
      account = decide(request("open-" + i)).account();
    }
    for (int i = 0; i < RECORDS; i++) {
      requests[i] = request("new-" + i);
      settlements[i] = usage("u" + i, "open-" + i * 7919L % holds);
      plain[i] = usage("u" + i, null);
    }
  }

  /** A request that is allowed, and opens a hold. */
  @Benchmark
  public byte[] authorize() {
    return stored(requests);
  }

  /** Usage that ends a hold. */
  @Benchmark
  public byte[] settle() {
    return stored(settlements);
  }

  /** Usage that names no authorization. */
  @Benchmark
  public byte[] debit() {
    return stored(plain);
  }

  private byte[] stored(AccountEvent[] records) {
    Account before = account;
    if (before == null) {
      throw new IllegalStateException("not open");
    }
    next = (next + 1) % RECORDS;
    return AccountDelta.between(before, decide(records[next]).account());
  }

  private Decision.Applied decide(AccountEvent event) {
    Arrival arrival = new Arrival("any", 0, 0, NOW, NOW);
    if (rules.decide(account, event, arrival) instanceof Decision.Applied applied) {
      return applied;
    }
    throw new IllegalStateException("not applied: " + event);
  }

  private static AuthorizationRequested request(String id) {
    return new AuthorizationRequested(
        id,
        ACCOUNT,
        NOW,
        AuthorizationPurpose.REQUEST,
        MODEL,
        List.of(),
        "standard",
        TOKENS,
        null,
        600_000,
        null,
        null);
  }

  private static UsageEvent usage(String id, @Nullable String authorizationId) {
    return new UsageEvent(
        id,
        ACCOUNT,
        NOW,
        MODEL,
        List.of(),
        "standard",
        TOKENS,
        authorizationId,
        null,
        null,
        null,
        null,
        Completion.COMPLETE,
        UsageSource.PROVIDER);
  }
}
