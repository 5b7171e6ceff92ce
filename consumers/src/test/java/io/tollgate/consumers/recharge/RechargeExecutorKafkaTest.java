package io.tollgate.consumers.recharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.consumers.ConsumerSettings;
import io.tollgate.consumers.TestKafka;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.ProducerSettings;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RechargeExecutorKafkaTest {

  static {
    TrustedTypes.trust();
  }

  private static TestKafka kafka;

  @BeforeAll
  static void startBroker() throws Exception {
    kafka = new TestKafka();
    kafka.createTopics(
        "tollgate.", 3, TopicCatalogue.RECHARGE_REQUESTS, TopicCatalogue.PAYMENT_EVENTS);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void shouldTakeTheMoneyOnceWhenItDiesBetweenChargeAndPublication() throws Exception {
    Cards cards = new Cards();
    String brokers = kafka.bootstrapServers();
    try (EventProducer payments = new EventProducer(ProducerSettings.of(brokers))) {
      kafka.send("tollgate.recharge-requests", "acme", request("acme"));
      kafka.send("tollgate.recharge-requests", "bond", request("bond"));
      try (RechargeExecutor dying =
          RechargeExecutor.start(
              ConsumerSettings.of(brokers, "recharges"), payments, dyingAfterEachCharge(cards))) {
        assertThatThrownBy(dying::awaitTermination).hasRootCauseMessage("simulated");
      }
      assertThat(cards.charges).as("what was charged and is not published").hasPositiveValue();
      assertThat(kafka.read("tollgate.payment-events", 0)).isEmpty();

      Thread running = new Thread(() -> ChargeCards.run(brokers, cards));
      running.start();
      awaitPayments(2);
      running.interrupt();
      running.join();
    }

    assertThat(cards.charges).hasValue(2);
    assertThat(awaitPayments(2))
        .extracting(payment -> ((PaymentSucceeded) payment).getRechargeId())
        .containsExactlyInAnyOrder("acme:1", "bond:1");
    assertThat(kafka.lag("recharges", "tollgate.recharge-requests")).isZero();
  }

  private static CardCharger dyingAfterEachCharge(Cards cards) {
    return new CardCharger() {
      @Override
      public ChargeResult charge(Charge charge) {
        cards.charge(charge);
        throw new OutOfMemoryError("simulated");
      }

      @Override
      public Optional<ChargeResult> find(Charge charge) {
        return cards.find(charge);
      }
    };
  }

  private static List<SpecificRecord> awaitPayments(int count) {
    return kafka.read("tollgate.payment-events", count).stream()
        .map(payment -> EventCodec.decode(payment.value()))
        .toList();
  }

  private static RechargeRequested request(String account) {
    Instant now = Instant.now();
    return RechargeRequested.newBuilder()
        .setRechargeId(account + ":1")
        .setAttempt(1)
        .setIdempotencyKey(account + ":1:1")
        .setAccountId(account)
        .setAmountNanos(15_000_000_000L)
        .setRequestedAt(now)
        .setDeadline(now.plus(Duration.ofMinutes(15)))
        .setReason(RechargeReason.BELOW_THRESHOLD)
        .build();
  }
}
