package io.tollgate.consumers.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.consumers.TestKafka;
import io.tollgate.events.BlockReason;
import io.tollgate.producers.ProducerSettings;
import io.tollgate.producers.TollgateProducers;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a gate does while Kafka is away: what its setting says. */
@Timeout(120)
class AccessGateOutageTest {

  /** Of 50 tokens in and out: 100,000 nanos. A lease pays for ten. */
  private static final ModelCall CALL = GateRecords.call("acme", "gpt-5", 50);

  @TempDir private Path directory;
  private TestKafka kafka;
  private Authorizer authorizer;

  @BeforeEach
  void publish() throws Exception {
    kafka = new TestKafka(directory);
    kafka.createTopics(
        "tollgate.",
        1,
        TopicCatalogue.PRICE_BOOK,
        TopicCatalogue.ACCESS_POLICIES,
        TopicCatalogue.ACCOUNT_ACCESS,
        TopicCatalogue.AUTHORIZATION_REQUESTS,
        TopicCatalogue.AUTHORIZATION_DECISIONS,
        TopicCatalogue.USAGE_EVENTS);
    kafka.send("tollgate.price-book", "gpt-5", GateRecords.prices("gpt-5"));
    kafka.send("tollgate.account-access", "acme", GateRecords.funded("acme", true));
    authorizer = new Authorizer(kafka, "tollgate.");
    authorizer.credit("acme", 100_000_000);
  }

  @AfterEach
  void stop() throws Exception {
    authorizer.stop();
    kafka.close();
  }

  @Test
  void shouldSpendTheLeaseDenyAndRecover() throws Exception {
    try (AccessGate gate = start(settings())) {
      List<GatewayCall> calls = new ArrayList<>();
      calls.add(allowed(gate));
      kafka.goAway();

      for (int i = 0; i < 9; i++) {
        calls.add(allowed(gate));
      }
      GatewayCall beyond = gate.open(CALL);
      assertThat(beyond.decision().reason()).isEqualTo(BlockReason.INSUFFICIENT_CREDIT);
      assertThat(beyond.decision().remedy()).startsWith("No credit is reserved");

      kafka.comeBack(directory);
      GatewayCall again = gate.open(CALL);
      while (!again.isAllowed()) {
        again = gate.open(CALL);
      }
      calls.add(again);
      calls.forEach(GatewayCall::abandon);
    }
  }

  @Test
  void shouldAllowUpToAnAmountIfToldSo() throws Exception {
    try (AccessGate gate = start(settings().allowingUpTo(250_000))) {
      List<GatewayCall> calls = new ArrayList<>();
      calls.add(allowed(gate));
      kafka.goAway();

      for (int i = 0; i < 9 + 2; i++) {
        calls.add(allowed(gate));
      }
      assertThat(gate.check("acme", "gpt-5", List.of(), 50_000).isAllowed()).isTrue();
      assertThat(gate.open(CALL).isAllowed()).as("a third beyond the lease").isFalse();
      calls.forEach(GatewayCall::abandon);
      kafka.comeBack(directory);
    }
  }

  private static GatewayCall allowed(AccessGate gate) throws InterruptedException {
    GatewayCall call = gate.open(CALL);
    assertThat(call.decision()).isEqualTo(AccessDecision.ALLOWED);
    return call;
  }

  private GateSettings settings() {
    return GateSettings.of(kafka.bootstrapServers(), "gateway")
        .withPatience(Duration.ofSeconds(10))
        .withLeases(1_000_000, Duration.ofMinutes(10), Duration.ofSeconds(15));
  }

  private AccessGate start(GateSettings settings) {
    return AccessGate.start(
        settings,
        TollgateProducers.connect(
            ProducerSettings.of(kafka.bootstrapServers())
                .withKafkaProperty("request.timeout.ms", "1000")
                .withKafkaProperty("delivery.timeout.ms", "2000")));
  }
}
