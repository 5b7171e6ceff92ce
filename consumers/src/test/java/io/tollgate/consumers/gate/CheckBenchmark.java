package io.tollgate.consumers.gate;

import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.AuthorizationRequested;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/**
 * Measures what a check takes with a million accounts in memory, a tenth of them with leases: time
 * of each of some million checks, and bytes per account. To be run by hand; {@code
 * docs/access-gate.md} has the results.
 */
final class CheckBenchmark {

  private static final int ACCOUNTS = 1_000_000;
  private static final int ACTIVE = 100_000;
  private static final int CHECKS = 5_000_000;

  private CheckBenchmark() {}

  public static void main(String[] args) {
    String[] ids = new String[ACCOUNTS];
    for (int i = 0; i < ACCOUNTS; i++) {
      ids[i] = "org-%016x".formatted(i * 0x9E3779B97F4A7C15L);
    }
    long before = usedBytes();
    Access access = new Access();
    for (String id : ids) {
      // The table has a copy of each id, as it has when ids come from Kafka.
      access.accounts().put(new String(id.toCharArray()), GateRecords.funded(id, true));
    }
    System.out.printf("%d bytes per account%n", (usedBytes() - before) / ACCOUNTS);
    ModelRecords models = new ModelRecords();
    models.putPrices("gpt-5", GateRecords.prices("gpt-5", "gpt-latest"));
    models.putPolicy("gpt-5", GateRecords.policy("gpt-5", "image", GateRecords.START));
    access.replaceModels(models.table());

    before = usedBytes();
    CallDecider decider = withLeases(access, ids);
    System.out.printf("%d bytes more per account with a lease%n", (usedBytes() - before) / ACTIVE);
    List<String> capabilities = List.of("text", "image");
    for (int round = 0; round < 5; round++) {
      measure(decider, ids, capabilities, round);
    }
  }

  private static void measure(
      CallDecider decider, String[] ids, List<String> capabilities, int round) {
    SplittableRandom random = new SplittableRandom(round);
    long[] nanos = new long[CHECKS];
    int allowed = 0;
    for (int i = 0; i < CHECKS; i++) {
      String id = ids[random.nextInt(ACTIVE)];
      long start = System.nanoTime();
      if (decider.check(id, "gpt-latest", capabilities, 1_000).isAllowed()) {
        allowed++;
      }
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%,d checks, %,d allowed: p50 %d ns, p99 %d ns, p99.9 %d ns, longest %,d ns%n",
        CHECKS,
        allowed,
        nanos[CHECKS / 2],
        nanos[CHECKS / 100 * 99],
        nanos[CHECKS / 1_000 * 999],
        nanos[CHECKS - 1]);
  }

  private static CallDecider withLeases(Access access, String[] ids) {
    GateSettings settings = GateSettings.of("localhost:9092", "benchmark");
    List<SpecificRecord> sent = new ArrayList<>();
    LeaseBook leases = new LeaseBook(settings, sent::add, () -> {});
    CallDecider decider = new CallDecider(settings, access, leases, System::currentTimeMillis);
    for (int i = 0; i < ACTIVE; i++) {
      decider.check(ids[i], "gpt-5", List.of(), 1);
    }
    leases.answerWishes(System.currentTimeMillis());
    for (SpecificRecord request : sent) {
      AuthorizationRequested asked = (AuthorizationRequested) request;
      leases.decided(
          AuthorizationDecided.newBuilder()
              .setAuthorizationId(asked.getAuthorizationId())
              .setAccountId(asked.getAccountId())
              .setOutcome(AuthorizationOutcome.ALLOWED)
              .setHeldNanos(settings.leaseNanos())
              .setExpiresAt(Instant.now().plus(settings.leaseDuration()))
              .build(),
          System.currentTimeMillis());
    }
    return decider;
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
