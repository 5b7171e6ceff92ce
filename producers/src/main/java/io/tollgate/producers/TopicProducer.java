package io.tollgate.producers;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * A client that sends the events of one topic, over a connection of its own. What holds for {@link
 * EventProducer} holds for it.
 */
public abstract sealed class TopicProducer implements AutoCloseable
    permits UsageProducer, PaymentProducer, AccountProducer {

  private final EventProducer events;

  TopicProducer(EventProducer events) {
    this.events = events;
  }

  <E extends SpecificRecord> Delivery<E> deliver(E event) {
    return events.send(event);
  }

  /** Waits until every event sent so far is delivered or has failed. */
  public void flush() {
    events.flush();
  }

  /** How many deliveries have failed so far, looked at or not. */
  public long failureCount() {
    return events.failureCount();
  }

  /** See {@link EventProducer#metrics}. */
  public Map<MetricName, Metric> metrics() {
    return events.metrics();
  }

  /**
   * Waits until what was sent is delivered or has failed, and closes; see {@link
   * EventProducer#close}.
   *
   * @throws DeliveryException if deliveries failed and nobody looked at the futures that say so
   */
  @Override
  public void close() {
    events.close();
  }
}
