package io.tollgate.consumers.gate;

import io.tollgate.benchmarks.Heap;
import io.tollgate.benchmarks.Prices;
import io.tollgate.events.AccessRequirement;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountStatus;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.CreditState;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.schemas.TrustedTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
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
 * What a check takes with all accounts in memory, a tenth of them with leases. The setup prints the
 * bytes per account.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.SampleTime, Mode.Throughput})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class CheckBenchmark {

  private static final String MODEL = "gpt-5";
  private static final String GATED = "image";
  private static final long ESTIMATE = 1_000;

  static {
    TrustedTypes.trust();
  }

  @Param("1000000")
  public int accounts;

  private final Access access = new Access();
  private final List<String> capabilities = List.of("text", GATED);
  // Longer than a run, so that none ends meanwhile.
  private final GateSettings settings =
      GateSettings.of("localhost:9092", "benchmark")
          .withLeases(1_000_000_000, Duration.ofDays(1), Duration.ofSeconds(15));
  private final List<AuthorizationRequested> asked = new ArrayList<>();
  private final LeaseBook leases = new LeaseBook(settings, this::ask, () -> {});
  private final CallDecider decider =
      new CallDecider(settings, access, leases, System::currentTimeMillis);
  private String[] ids = new String[0];

  /** Draws accounts, for one thread. */
  @State(Scope.Thread)
  public static class Draw {

    private final SplittableRandom random = new SplittableRandom(1);

    int below(int bound) {
      return random.nextInt(bound);
    }
  }

  /** Learns of all accounts, and takes the leases. */
  @Setup
  public void fill() {
    ids = new String[accounts];
    for (int i = 0; i < accounts; i++) {
      ids[i] = "org-%016x".formatted(i * 0x9E3779B97F4A7C15L);
    }
    long before = Heap.usedBytes();
    for (int i = 0; i < accounts; i++) {
      // The table has a copy of each id, as it has when ids come from Kafka.
      access.accounts().put(new String(ids[i].toCharArray()), state(ids[i], i < leased()));
    }
    long between = Heap.usedBytes();
    System.out.printf("%n# %d bytes per account%n", (between - before) / accounts);
    ModelRecords models = new ModelRecords();
    models.putPrices(MODEL, Prices.of(MODEL));
    models.putPolicy(MODEL, policy());
    access.replaceModels(models.table());
    takeLeases();
    System.out.printf(
        "# %d bytes more per account with a lease%n", (Heap.usedBytes() - between) / leased());
  }

  /** Of an account that is verified and has a lease. */
  @Benchmark
  public AccessDecision allowed(Draw draw) {
    return decider.check(ids[draw.below(leased())], MODEL, capabilities, ESTIMATE);
  }

  /** Of an account that is not verified: denied by the policy. */
  @Benchmark
  public AccessDecision denied(Draw draw) {
    int unleased = accounts - leased();
    return decider.check(ids[leased() + draw.below(unleased)], MODEL, capabilities, ESTIMATE);
  }

  private int leased() {
    return accounts / 10;
  }

  private void ask(SpecificRecord request) {
    asked.add((AuthorizationRequested) request);
  }

  private void takeLeases() {
    long now = System.currentTimeMillis();
    for (int i = 0; i < leased(); i++) {
      decider.check(ids[i], MODEL, capabilities, ESTIMATE);
    }
    leases.answerWishes(now);
    for (AuthorizationRequested request : asked) {
      leases.decided(
          AuthorizationDecided.newBuilder()
              .setAuthorizationId(request.getAuthorizationId())
              .setAccountId(request.getAccountId())
              .setOutcome(AuthorizationOutcome.ALLOWED)
              .setHeldNanos(settings.leaseNanos())
              .setExpiresAt(Instant.ofEpochMilli(now).plus(settings.leaseDuration()))
              .build(),
          true,
          now);
    }
    asked.clear();
  }

  private static AccountAccess state(String accountId, boolean verified) {
    return AccountAccess.newBuilder()
        .setAccountId(accountId)
        .setStatus(AccountStatus.ACTIVE)
        .setVerified(verified)
        .setCreditState(CreditState.FUNDED)
        .build();
  }

  private static ModelAccessPolicy policy() {
    return ModelAccessPolicy.newBuilder()
        .setModel(MODEL)
        .setRequirements(
            List.of(
                AccessRequirement.newBuilder()
                    .setCapability(GATED)
                    .setPolicyId("policy")
                    .setAnnouncedAt(Instant.EPOCH)
                    .setEffectiveFrom(Instant.EPOCH)
                    .build()))
        .setVersion(1)
        .build();
  }
}
