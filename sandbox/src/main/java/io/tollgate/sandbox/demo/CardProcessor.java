package io.tollgate.sandbox.demo;

import io.tollgate.events.RechargeRequested;
import io.tollgate.producers.EventProducer;
import io.tollgate.producers.ProducerSettings;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.streams.config.TollgateConfig;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A payment service with simulated cards: reads committed recharge requests, charges, and reports
 * what came of it.
 */
final class CardProcessor implements AutoCloseable {

  private final Clock clock;
  private final SimulatedCards cards;
  private final EventProducer payments;
  private final PollLoop requests;

  CardProcessor(TollgateConfig config, Clock clock, Map<String, Card> cards) {
    this.clock = clock;
    this.cards = new SimulatedCards(cards);
    this.payments = new EventProducer(ProducerSettings.of(config.bootstrapServers()));
    this.requests =
        new PollLoop("demo-cards", config, List.of(TopicCatalogue.RECHARGE_REQUESTS), this::charge);
  }

  void start() {
    requests.start();
  }

  /** Whether all requests before these offsets are answered, as far as they will be. */
  boolean hasReached(Map<TopicPartition, Long> ends) {
    return requests.hasReached(ends);
  }

  /** What the cards were charged so far. */
  SimulatedCards.Charged charged() {
    return cards.charged();
  }

  private void charge(List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      RechargeRequested request =
          (RechargeRequested)
              EventCodec.decode(record.value(), TopicCatalogue.RECHARGE_REQUESTS.recordSet());
      cards.charge(request, clock.instant()).forEach(payments::send);
    }
    // The loop has reached a request only when its payment is delivered.
    payments.flush();
  }

  @Override
  public void close() {
    requests.close();
    payments.close();
  }
}
