package io.tollgate.streams.processor;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.AUTHORIZATION_REQUESTS;
import static io.tollgate.schemas.topics.TopicCatalogue.PAYMENT_EVENTS;
import static io.tollgate.schemas.topics.TopicCatalogue.REFERENCE;
import static io.tollgate.schemas.topics.TopicCatalogue.USAGE_EVENTS;
import static io.tollgate.streams.fixture.Events.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tollgate.domain.RuleSettings;
import io.tollgate.events.AuthorizationPurpose;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.CreditVoided;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.fixture.HeapStores;
import io.tollgate.streams.processor.TaskHarness.Forwarded;
import io.tollgate.streams.state.ReferenceStore;
import io.tollgate.streams.state.StateStores;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task that starts on what another left behind goes on as if it had never stopped. */
class RestartTest {

  private static final Duration USAGE_HORIZON = Duration.ofDays(35);

  private final TaskSettings settings = Accounts.settings(1);

  /** A random input, the same for every task that is fed with the same seed. */
  private static final class Workload {

    private final Random random;
    private final Map<TopicSpec, Long> offsets = new HashMap<>();
    private Instant now = START;

    Workload(long seed) {
      random = new Random(seed);
    }

    void next(TaskHarness task) {
      // Hours most of the time, so that notices, recharges and months pass by.
      now = now.plusSeconds(random.nextInt(10) == 0 ? random.nextInt(500_000) : random.nextInt(60));
      switch (random.nextInt(10)) {
        case 0 -> task.tick(offset(REFERENCE), now);
        case 1 -> task.process(PAYMENT_EVENTS, offset(PAYMENT_EVENTS), now, payment());
        case 2 -> task.process(ACCOUNT_EVENTS, offset(ACCOUNT_EVENTS), now, accountEvent());
        case 3 -> publish(task);
        case 4, 5 ->
            task.process(
                AUTHORIZATION_REQUESTS, offset(AUTHORIZATION_REQUESTS), now, authorization());
        default -> task.process(USAGE_EVENTS, offset(USAGE_EVENTS), now, usage());
      }
    }

    private long offset(TopicSpec topic) {
      return offsets.merge(topic, 1L, Long::sum);
    }

    private String account() {
      return "account-" + random.nextInt(5);
    }

    private SpecificRecord payment() {
      return Events.payment(account(), "p" + random.nextInt(40), 1 + random.nextInt(3))
          .setOccurredAt(now)
          .build();
    }

    private SpecificRecord usage() {
      return Events.usage(account(), "u" + random.nextInt(300))
          .setOccurredAt(now.minusSeconds(random.nextInt(4_000) - 100L))
          .setInputTokens(1 + random.nextInt(3) * 100_000L)
          .setAuthorizationId(random.nextInt(3) == 0 ? "a" + random.nextInt(400) : null)
          .build();
    }

    private SpecificRecord authorization() {
      String id = "a" + random.nextInt(400);
      return random.nextInt(3) == 0
          ? AuthorizationReleased.newBuilder()
              .setAuthorizationId(id)
              .setAccountId(account())
              .setReleasedAt(now)
              .setSettledUsage(random.nextBoolean() ? null : 1L)
              .build()
          : AuthorizationRequested.newBuilder()
              .setAuthorizationId(id)
              .setAccountId(account())
              .setRequestedAt(now)
              .setPurpose(
                  random.nextBoolean() ? AuthorizationPurpose.LEASE : AuthorizationPurpose.REQUEST)
              .setAmountNanos(1L + random.nextInt(1_000_000_000))
              .build();
    }

    private SpecificRecord accountEvent() {
      String account = account();
      String grant = "g" + random.nextInt(20);
      return switch (random.nextInt(5)) {
        case 0 -> Events.suspended(account);
        case 1 -> Events.autoRecharge(account, 1 + random.nextInt(3), 5);
        case 2 ->
            CreditVoided.newBuilder()
                .setAccountId(account)
                .setGrantId(grant)
                .setOccurredAt(now)
                .build();
        default ->
            Events.grant(account, grant, 2)
                .setEffectiveAt(now.plusSeconds(random.nextInt(200_000) - 50_000L))
                .setExpiresAt(now.plusSeconds(random.nextInt(9_000_000)))
                .build();
      };
    }

    private void publish(TaskHarness task) {
      byte[] key = ReferenceStore.key("price-book", Events.MODEL);
      byte[] value =
          random.nextInt(8) == 0
              ? null
              : EventCodec.encode(Events.prices(Events.MODEL, 1 + random.nextInt(9_000_000)));
      task.process(REFERENCE, offset(REFERENCE), now, key, value);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldSayTheSameWithAndWithoutRestarts(long seed) {
    TaskHarness undisturbed = new TaskHarness(settings, 0);
    TaskHarness restarted = new TaskHarness(settings, 0);
    Workload one = new Workload(seed);
    Workload other = new Workload(seed);
    Random random = new Random(-seed);
    int said = 0;
    for (int i = 0; i < 1_500; i++) {
      if (random.nextInt(15) == 0) {
        restarted.restart(settings);
      }
      one.next(undisturbed);
      other.next(restarted);
      List<Forwarded> expected = undisturbed.forwarded();
      assertThat(restarted.forwarded()).isEqualTo(expected);
      said += expected.size();
    }
    assertThat(said).isGreaterThan(1_000);
  }

  @Test
  void shouldRememberUsagePaymentsAndGrants() {
    TaskHarness task = new TaskHarness(settings, 0);
    publishPrices(task);
    feed(task, 0);
    assertThat(task.forwarded()).isNotEmpty();
    task.restart(settings);

    feed(task, 1);

    assertThat(task.forwarded()).isEmpty();
  }

  private static void publishPrices(TaskHarness task) {
    task.process(
        REFERENCE,
        0,
        START,
        ReferenceStore.key("price-book", Events.MODEL),
        EventCodec.encode(Events.prices(Events.MODEL)));
  }

  private static void feed(TaskHarness task, long offset) {
    task.process(PAYMENT_EVENTS, offset, START, Events.payment("a", "p", 10).build());
    task.process(ACCOUNT_EVENTS, offset, START, Events.grant("a", "g", 1).build());
    task.process(USAGE_EVENTS, offset, START, Events.usage("a", "u").build());
  }

  @Test
  void shouldRememberUsageForThirtyFiveDaysToTheMillisecond() {
    TaskHarness task = new TaskHarness(settings, 0);
    publishPrices(task);
    feed(task, 0);
    task.forwarded();
    Instant last = START.plus(USAGE_HORIZON);

    task.tick(0, last);
    task.restart(settings);
    task.process(USAGE_EVENTS, 1, last, Events.usage("a", "u").build());
    assertThat(rejections(task)).as("a duplicate, silently").isEmpty();

    task.process(USAGE_EVENTS, 2, last.plusMillis(1), Events.usage("a", "u").build());
    assertThat(rejections(task)).as("too late, so never charged twice").hasSize(1);
  }

  private static List<Forwarded> rejections(TaskHarness task) {
    return task.forwarded().stream()
        .filter(
            record ->
                record.topic().equals("rejected-events") || record.topic().equals("ledger-entries"))
        .toList();
  }

  @Test
  void shouldForgetUsageWhenNoneOfItCanBeADuplicate() {
    TaskHarness task = new TaskHarness(settings, 0);
    publishPrices(task);
    task.process(PAYMENT_EVENTS, 0, START, Events.payment("a", "p", 100).build());
    for (int i = 0; i < 320; i++) {
      task.process(USAGE_EVENTS, i, START, Events.usage("a", "u" + i).build());
    }
    assertThat(HeapStores.count(task.store(StateStores.JOURNAL))).isEqualTo(11);

    task.tick(0, START.plus(USAGE_HORIZON).plusMillis(1));

    assertThat(HeapStores.count(task.store(StateStores.JOURNAL))).isLessThanOrEqualTo(2);
  }

  /** A snapshot tells when an account was due under the settings that it was written with. */
  @Test
  void shouldFireByTheSettingsOfNowWhatWasDueByOthers() {
    TaskHarness task = new TaskHarness(settings, 0);
    task.process(
        ACCOUNT_EVENTS,
        1,
        START,
        Events.grant("a", "g1", 10).setExpiresAt(START.plus(Duration.ofDays(1))).build());
    task.tick(1, START.plus(Duration.ofDays(1)));
    RuleSettings rules = settings.rules();
    RuleSettings patient =
        new RuleSettings(
            rules.alertLevels(),
            rules.overdraftLimit(),
            rules.minimumPurchase(),
            Duration.ofDays(7).toMillis(),
            rules.balancePublishInterval(),
            rules.usageHorizon(),
            rules.futureTolerance(),
            rules.rechargeResend(),
            rules.declines());

    task.restart(
        new TaskSettings(settings.names(), settings.partitions(), patient, settings.quarantine()));
    task.tick(2, START.plus(Duration.ofDays(2)));
    assertThat(task.forwarded()).isEmpty();

    task.tick(3, START.plus(Duration.ofDays(8)));
    assertThat(task.forwarded())
        .extracting(Forwarded::topic, Forwarded::time)
        .contains(tuple("ledger-entries", START.plus(Duration.ofDays(8))));
  }
}
