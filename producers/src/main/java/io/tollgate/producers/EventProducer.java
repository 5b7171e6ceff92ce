package io.tollgate.producers;

import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.serde.EventSerializer;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to Tollgate's input topics: each to the topic of its type, under its account or
 * model, once and acknowledged by all in-sync replicas.
 *
 * <p>All methods may be called from any thread. Events of one account sent from one thread to one
 * topic keep their order.
 */
public final class EventProducer implements AutoCloseable {

  static {
    // Builders of events ask Avro for default values, which it refuses to types it does not trust.
    TrustedTypes.trust();
  }

  private final Producer<String, SpecificRecord> producer;
  private final TopicNames topics;
  private final DeliveryFailures failures = new DeliveryFailures();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Connects in the background: a broker that cannot be reached shows in the first delivery.
   *
   * @throws KafkaException if Kafka's client refuses a property
   */
  public EventProducer(ProducerSettings settings) {
    this(
        new KafkaProducer<>(
            settings.toKafkaProperties(), new StringSerializer(), new EventSerializer<>()),
        settings.topics());
  }

  EventProducer(Producer<String, SpecificRecord> producer, TopicNames topics) {
    this.producer = producer;
    this.topics = topics;
  }

  /**
   * Sends an event.
   *
   * @return completes with the event's coordinates once it is acknowledged, or with Kafka's
   *     exception if it was not delivered
   * @throws IllegalArgumentException if the event is not of an input topic, has no account or
   *     model, or lacks a field that must have a value
   * @throws IllegalStateException if the producer is closed
   */
  public CompletableFuture<RecordMetadata> send(SpecificRecord event) {
    EventRoute route = EventRoute.of(event);
    return send(route.topic(), route.key(event), event);
  }

  /** Removes all prices of a model: its usage is UNPRICED from then on. */
  public CompletableFuture<RecordMetadata> removeModelPrices(String model) {
    return remove(TopicCatalogue.PRICE_BOOK, model);
  }

  /** Removes all requirements of a model: everybody may use it from then on. */
  public CompletableFuture<RecordMetadata> removeAccessPolicy(String model) {
    return remove(TopicCatalogue.ACCESS_POLICIES, model);
  }

  /** Waits until every event sent so far is delivered or has failed. */
  public void flush() {
    producer.flush();
  }

  /** How many deliveries have failed so far, looked at or not. */
  public long failureCount() {
    return failures.total();
  }

  /**
   * Waits for what was sent, and closes. Does nothing if it is closed already.
   *
   * @throws DeliveryException if deliveries failed and nobody looked at the futures that say so
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      producer.flush();
    } finally {
      producer.close();
    }
    failures.throwIfUnseen();
  }

  private CompletableFuture<RecordMetadata> remove(TopicSpec topic, String model) {
    if (model.isEmpty()) {
      throw new IllegalArgumentException("A model needs a name");
    }
    return send(topic, model, null);
  }

  private CompletableFuture<RecordMetadata> send(
      TopicSpec topic, String key, @Nullable SpecificRecord value) {
    Delivery delivery = new Delivery(failures);
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topics.full(topic), key, value),
              (metadata, failure) -> {
                if (failure == null) {
                  delivery.complete(metadata);
                } else {
                  delivery.fail(failure);
                }
              });
    } catch (KafkaException e) {
      // Some failures are thrown rather than handed to the callback; callers need one way only.
      delivery.fail(e);
    }
    return delivery;
  }
}
