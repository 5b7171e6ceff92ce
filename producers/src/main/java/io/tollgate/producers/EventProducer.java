package io.tollgate.producers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicNames;
import io.tollgate.schemas.topics.TopicSpec;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events of any type to Tollgate's input topics: each to the topic of its type, under its
 * account or model, once and acknowledged by all in-sync replicas.
 *
 * <p>{@link #send} refuses what the pipeline would reject for what it says, and waits while too
 * many events are in flight ({@link ProducerSettings}). A failed delivery that nobody looked at is
 * thrown by {@link #close}. All methods may be called from any thread. Events of one account sent
 * from one thread to one topic keep their order.
 */
public final class EventProducer implements AutoCloseable {

  private static final AtomicLong INSTANCES = new AtomicLong();

  static {
    // Builders of events ask Avro for default values, which it refuses to types it does not trust.
    TrustedTypes.trust();
  }

  private final Producer<String, byte[]> producer;
  private final TopicNames topics;
  private final InFlightLimit inFlight;
  private final DeliveryMetrics metrics;
  private final DeliveryFailures failures = new DeliveryFailures();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Connects in the background: a broker that cannot be reached shows in the first delivery.
   *
   * @throws KafkaException if Kafka's client refuses a property
   */
  public EventProducer(ProducerSettings settings) {
    this(settings, "tollgate-producer-" + INSTANCES.incrementAndGet());
  }

  private EventProducer(ProducerSettings settings, String clientId) {
    this(kafkaProducer(settings, clientId), settings, clientId);
  }

  EventProducer(Producer<String, byte[]> producer, ProducerSettings settings, String clientId) {
    this.producer = producer;
    this.topics = settings.topics();
    this.inFlight = new InFlightLimit(settings.maxInFlight(), settings.maxWait());
    this.metrics = new DeliveryMetrics(clientId, inFlight::inFlight);
  }

  private static Producer<String, byte[]> kafkaProducer(
      ProducerSettings settings, String clientId) {
    Map<String, Object> properties = settings.toKafkaProperties();
    properties.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * Sends an event. Waits while {@code maxInFlight} events are in flight, {@code maxWait} at most.
   *
   * @return the outcome; to ignore it is safe, see {@link #close}
   * @throws InvalidEventException if the pipeline would reject the event
   * @throws IllegalArgumentException if the event is not of an input topic, has no account or
   *     model, or lacks a field that must have a value
   * @throws BackPressureException if there was no room for it in time
   * @throws IllegalStateException if the producer is closed
   */
  @CanIgnoreReturnValue
  public <E extends SpecificRecord> Delivery<E> send(E event) {
    EventRoute route;
    String key;
    byte[] value;
    try {
      route = EventRoute.of(event);
      key = route.key(event);
      value = EventCodec.encode(event);
      EventChecks.check(event);
    } catch (IllegalArgumentException e) {
      metrics.refused();
      throw e;
    }
    return send(route.topic(), key, value, new Delivery<>(event, failures));
  }

  /** Removes all prices of a model: its usage is UNPRICED from then on. */
  @CanIgnoreReturnValue
  public CompletableFuture<RecordMetadata> removeModelPrices(String model) {
    return remove(TopicCatalogue.PRICE_BOOK, model);
  }

  /** Removes all requirements of a model: everybody may use it from then on. */
  @CanIgnoreReturnValue
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
   * Numbers of this producer, for a monitoring system: those of Kafka's client, and in the group
   * {@code tollgate-producer-metrics} the events {@code sent}, {@code refused}, {@code
   * acknowledged} and {@code failed} ({@code -total} and {@code -rate} a second), those {@code
   * in-flight}, and {@code latency-avg} and {@code -max} in milliseconds. In JMX too.
   */
  public Map<MetricName, Metric> metrics() {
    return metrics.with(producer.metrics());
  }

  /**
   * Waits until what was sent is delivered or has failed, two minutes at most unless {@code
   * delivery.timeout.ms} is set, and closes. Does nothing if it is closed already.
   *
   * @throws DeliveryException if deliveries failed and nobody looked at the futures that say so
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (metrics;
        producer) {
      producer.flush();
    }
    failures.throwIfUnseen();
  }

  private CompletableFuture<RecordMetadata> remove(TopicSpec topic, String model) {
    if (model.isEmpty()) {
      throw new IllegalArgumentException("A model needs a name");
    }
    return send(topic, model, null, new Delivery<>(model, failures));
  }

  private <D extends Delivery<?>> D send(
      TopicSpec topic, String key, byte @Nullable [] value, D delivery) {
    try {
      inFlight.enter();
    } catch (BackPressureException e) {
      metrics.refused();
      throw e;
    }
    long start = System.nanoTime();
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(topics.full(topic), key, value),
              (metadata, failure) -> done(delivery, start, metadata, failure));
    } catch (KafkaException e) {
      // Some failures are thrown rather than handed to the callback; callers need one way only.
      done(delivery, start, null, e);
    } catch (RuntimeException e) {
      inFlight.leave();
      throw e;
    }
    metrics.sent();
    return delivery;
  }

  private void done(
      Delivery<?> delivery,
      long start,
      @Nullable RecordMetadata metadata,
      @Nullable Exception failure) {
    inFlight.leave();
    if (failure == null) {
      metrics.acknowledged(System.nanoTime() - start);
      delivery.complete(metadata);
    } else {
      metrics.failed();
      delivery.fail(failure);
    }
  }
}
