package io.tollgate.consumers.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tollgate.consumers.TestKafka;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.BlockReason;
import io.tollgate.events.Completion;
import io.tollgate.events.UsageEvent;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.ProducerSettings;
import io.tollgate.producers.TollgateProducers;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AccessGateKafkaTest {

  private static final AtomicInteger INSTALLATIONS = new AtomicInteger();
  private static final int PARTITIONS = 3;

  private static TestKafka kafka;

  private final String prefix = "g%d.".formatted(INSTALLATIONS.incrementAndGet());
  private EventProducer events;
  private Authorizer authorizer;

  @BeforeAll
  static void startBroker() {
    kafka = new TestKafka();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @BeforeEach
  void publish() throws Exception {
    kafka.createTopics(
        prefix,
        PARTITIONS,
        TopicCatalogue.PRICE_BOOK,
        TopicCatalogue.ACCESS_POLICIES,
        TopicCatalogue.ACCOUNT_ACCESS,
        TopicCatalogue.AUTHORIZATION_REQUESTS,
        TopicCatalogue.AUTHORIZATION_DECISIONS,
        TopicCatalogue.USAGE_EVENTS);
    kafka.send(prefix + "price-book", "gpt-5", GateRecords.prices("gpt-5"));
    kafka.send(prefix + "price-book", "sora", GateRecords.prices("sora"));
    kafka.send(
        prefix + "access-policies", "sora", GateRecords.policy("sora", "*", GateRecords.START));
    access("acme", false);
    events = new EventProducer(producerSettings());
    authorizer = new Authorizer(kafka, prefix);
    authorizer.credit("acme", 10_000_000);
  }

  @AfterEach
  void stop() throws Exception {
    authorizer.stop();
    events.close();
  }

  @Test
  void shouldReserveReportAndRelease() throws Exception {
    try (AccessGate gate = start(settings())) {
      GatewayCall call = gate.open(GateRecords.call("acme", "gpt-5", 200));
      assertThat(call.decision()).isEqualTo(AccessDecision.ALLOWED);
      assertThat(authorizer.available("acme")).isEqualTo(9_000_000);

      call.settle(UsageEvent.newBuilder().setInputTokens(200).setOutputTokens(10)).get();

      assertThatIllegalStateException().isThrownBy(call::abandon).withMessage("The call has ended");
      assertThat(gate.check("acme", "gpt-5", List.of(), 790_000).isAllowed()).isTrue();
      assertThat(gate.check("acme", "gpt-5", List.of(), 790_001).isAllowed()).isFalse();
    }

    UsageEvent usage = usage().get(0);
    AuthorizationReleased release = authorizer.takeRelease();
    assertThat(usage.getAccountId()).isEqualTo("acme");
    assertThat(usage.getModel()).isEqualTo("gpt-5");
    assertThat(usage.getEventId()).isNotEmpty();
    assertThat(usage.getAuthorizationId()).isEqualTo(release.getAuthorizationId());
    assertThat(release.getSettledUsage()).isEqualTo(1);
  }

  @Test
  void shouldGiveBackTheEstimateOfCallsThatNeverHappenedOrFailed() throws Exception {
    try (AccessGate gate = start(settings())) {
      gate.open(GateRecords.call("acme", "gpt-5", 500)).abandon();
      gate.open(GateRecords.call("acme", "gpt-5", 500))
          .settle(UsageEvent.newBuilder().setInputTokens(500).setCompletion(Completion.FAILED))
          .get();

      assertThat(gate.check("acme", "gpt-5", List.of(), 1_000_000).isAllowed()).isTrue();
    }
    assertThat(authorizer.takeRelease().getSettledUsage()).isEqualTo(1);
  }

  @Test
  void shouldDenyWhatThePipelineWould() throws Exception {
    kafka.send(prefix + "account-access", "poor", GateRecords.funded("poor", true));
    try (AccessGate gate = start(settings())) {
      assertThat(reason(gate, "nobody", "gpt-5")).isEqualTo(BlockReason.INSUFFICIENT_CREDIT);
      assertThat(reason(gate, "acme", "sora")).isEqualTo(BlockReason.VERIFICATION_REQUIRED);
      assertThat(reason(gate, "acme", "free")).isEqualTo(BlockReason.UNPRICED_MODEL);
      GatewayCall call = gate.open(GateRecords.call("poor", "gpt-5", 1));
      assertThat(call.decision())
          .isEqualTo(
              new AccessDecision(BlockReason.INSUFFICIENT_CREDIT, "Buy credit.", null, true));
      assertThatIllegalStateException()
          .isThrownBy(() -> call.settle(UsageEvent.newBuilder()))
          .withMessage("The call was denied: INSUFFICIENT_CREDIT");
      assertThat(gate.metrics().accounts()).isEqualTo(2);
    }
  }

  @Test
  void shouldCallAModelAsTheGuideSays() throws Exception {
    try (AccessGate gate = start(settings())) {
      UsageEvent.Builder used = UsageEvent.newBuilder().setInputTokens(3);

      assertThat(CallModel.call(gate, GateRecords.call("acme", "gpt-5", 10), () -> used))
          .isEqualTo("ok");
      assertThat(CallModel.call(gate, GateRecords.call("acme", "sora", 10), () -> used))
          .startsWith("Model sora needs a verified organisation since");
    }
    assertThat(usage()).extracting(UsageEvent::getInputTokens).containsExactly(3L);
  }

  @Test
  void shouldFollowVerificationAndPolicies() throws Exception {
    try (AccessGate gate = start(settings())) {
      assertThat(reason(gate, "acme", "sora")).isEqualTo(BlockReason.VERIFICATION_REQUIRED);

      access("acme", true);
      await(() -> isOpen(gate, "sora"));
      access("acme", false);
      await(() -> !isOpen(gate, "sora"));
      events.removeAccessPolicy("sora").get();
      await(() -> isOpen(gate, "sora"));
    }
  }

  @Test
  void shouldNotReserveMoreThanThereIsHoweverManyCallsComeAtOnce() throws Exception {
    authorizer.credit("acme", 2_500_000);
    AtomicInteger allowed = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    try (AccessGate gate = start(settings())) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    go.await();
                    for (int call = 0; call < 20; call++) {
                      // 100,000 nanos each: 25 of these 160 can be paid.
                      GatewayCall opened = gate.open(GateRecords.call("acme", "gpt-5", 50));
                      if (opened.isAllowed()) {
                        allowed.incrementAndGet();
                        opened
                            .settle(UsageEvent.newBuilder().setInputTokens(50).setOutputTokens(50))
                            .join();
                      }
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        thread.start();
        threads.add(thread);
      }
      go.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(allowed.get()).isPositive().isLessThanOrEqualTo(25);
    }
  }

  @Test
  void shouldServeTheAccountsOfItsPartitionsOnly() throws Exception {
    for (int i = 0; i < 12; i++) {
      access("account-" + i, false);
    }
    int first;
    try (AccessGate gate = start(settings().withPartitions(partition -> partition == 0))) {
      first = gate.metrics().accounts();
    }
    try (AccessGate gate = start(settings().withPartitions(partition -> partition != 0))) {
      assertThat(first).isBetween(1, 12);
      assertThat(gate.metrics().accounts()).isEqualTo(13 - first);
    }
  }

  @Test
  void shouldPassOverRecordsThatThePipelineRejects() throws Exception {
    kafka.send(prefix + "price-book", "gpt-5", new byte[] {1, 2, 3});
    kafka.send(prefix + "price-book", "other", GateRecords.prices("gpt-5"));
    try (AccessGate gate = start(settings())) {
      assertThat(gate.metrics().unreadable()).isEqualTo(2);
      gate.open(GateRecords.call("acme", "gpt-5", 1)).abandon();
    }
  }

  @Test
  void shouldAllocateNothingToCheck() throws Exception {
    try (AccessGate gate = start(settings())) {
      GatewayCall call = gate.open(GateRecords.call("acme", "gpt-5", 1));
      assertThat(call.decision()).isEqualTo(AccessDecision.ALLOWED);
      call.abandon();
      List<String> capabilities = List.of("image", "text");
      assertThat(check(gate, capabilities, 20_000)).isEqualTo(20_000);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();

      long before = threads.getThreadAllocatedBytes(thread);
      int allowed = check(gate, capabilities, 100_000);
      long after = threads.getThreadAllocatedBytes(thread);

      assertThat(allowed).isEqualTo(100_000);
      assertThat(after - before).as("bytes in 200,000 checks").isLessThan(10_000);
    }
  }

  @Test
  void shouldRefuseToDecideWhenClosed() {
    AccessGate gate = start(settings());
    gate.close();
    gate.close();

    assertThatThrownBy(() -> gate.check("acme", "gpt-5", List.of(), 1))
        .isInstanceOf(GateException.class)
        .hasMessage("The gate is closed");
  }

  /** Counts what is allowed of pairs of an allowed check and a denied one. */
  private static int check(AccessGate gate, List<String> capabilities, int pairs) {
    int allowed = 0;
    for (int i = 0; i < pairs; i++) {
      if (gate.check("acme", "gpt-5", capabilities, 1).isAllowed()) {
        allowed++;
      }
      if (gate.check("acme", "sora", capabilities, 1).isAllowed()) {
        allowed--;
      }
    }
    return allowed;
  }

  private GateSettings settings() {
    // A lease pays for a thousand tokens.
    return GateSettings.of(kafka.bootstrapServers(), "gateway")
        .withTopicPrefix(prefix)
        .withPatience(Duration.ofSeconds(20))
        .withLeases(1_000_000, Duration.ofMinutes(10), Duration.ofSeconds(15));
  }

  private ProducerSettings producerSettings() {
    return ProducerSettings.of(kafka.bootstrapServers()).withTopicPrefix(prefix);
  }

  private AccessGate start(GateSettings settings) {
    return AccessGate.start(settings, TollgateProducers.connect(producerSettings()));
  }

  private void access(String accountId, boolean verified) throws Exception {
    kafka.send(prefix + "account-access", accountId, GateRecords.funded(accountId, verified));
  }

  private static @Nullable BlockReason reason(AccessGate gate, String account, String model) {
    return gate.check(account, model, List.of(), 1).reason();
  }

  private static boolean isOpen(AccessGate gate, String model) {
    return gate.check("acme", model, List.of(), 1).reason() != BlockReason.VERIFICATION_REQUIRED;
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private List<UsageEvent> usage() {
    List<UsageEvent> usage = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.read(prefix + "usage-events", 1)) {
      usage.add((UsageEvent) EventCodec.decode(record.value()));
    }
    return usage;
  }
}
