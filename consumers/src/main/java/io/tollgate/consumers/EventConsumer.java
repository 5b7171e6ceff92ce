package io.tollgate.consumers;

import io.tollgate.schemas.TrustedTypes;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Receives Tollgate's events, alerts for instance, and gives each to the handler of its type.
 *
 * <ul>
 *   <li>Only what is committed is seen: nothing of an aborted transaction.
 *   <li>Each event is handled at least once. Its offset is committed after its handler returned, so
 *       a crash in between has it handled again.
 *   <li>Events of one account and topic are handled in order, one after the other.
 *   <li>A handler that fails is called again after a delay ({@link RetryPolicy}). Meanwhile its
 *       partition waits, the accounts that share it included, for {@link RetryPolicy#longestHold()}
 *       at most; other partitions go on. Then the event becomes a dead letter.
 *   <li>A record that cannot be read becomes a dead letter at once, with its bytes as they were.
 *   <li>A dead letter is acknowledged by Kafka before its offset is committed, so none is lost; a
 *       crash in between writes it twice ({@link DeadLetterHeaders}). If Kafka cannot take it, the
 *       partition waits; if Kafka refuses it for good, the consumer stops.
 *   <li>A slow handler does not cost the membership of the group: Kafka is polled all the time.
 * </ul>
 *
 * <p>The process does not end while a consumer runs. To close it when the process is told to stop:
 * {@code Runtime.getRuntime().addShutdownHook(new Thread(consumer::close))}.
 */
public final class EventConsumer implements AutoCloseable {

  static {
    TrustedTypes.trust();
  }

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final DeadLetters deadLetters;
  private final WorkerThreads workers;
  private final Counters counters = new Counters();
  private final ConsumerLoop loop;
  private final Handlers handlers;
  private final String group;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable ConsumerException failure;
  private volatile boolean failureSeen;
  private volatile boolean closing;

  private EventConsumer(ConsumerSettings settings, Handlers handlers) {
    this.handlers = handlers;
    this.group = settings.group();
    this.consumer = new KafkaConsumer<>(settings.consumerProperties());
    this.deadLetters = deadLetters(settings);
    this.workers = new WorkerThreads(settings.threads(), "tollgate-handler-" + group);
    Dispatcher dispatcher =
        new Dispatcher(
            handlers, deadLetters, settings.retries(), RandomGenerator.getDefault(), counters);
    this.loop =
        new ConsumerLoop(
            consumer, faults -> new Lane(dispatcher, workers, faults), settings.drainTimeout());
  }

  private DeadLetters deadLetters(ConsumerSettings settings) {
    try {
      return new DeadLetters(
          new KafkaProducer<>(settings.producerProperties()), settings.deadLetterTopic(), group);
    } catch (KafkaException e) {
      consumer.close();
      throw e;
    }
  }

  /** Begins a consumer with these settings; it still needs handlers, and to be started. */
  public static Builder of(ConsumerSettings settings) {
    return new Builder(settings);
  }

  /** What has been done since the start, and how far behind the consumer is. */
  public ConsumerMetrics metrics() {
    ConsumerLoop.Figures figures = loop.figures();
    return new ConsumerMetrics(
        counters.handled.sum(),
        counters.retried.sum(),
        counters.deadLettered.sum(),
        figures.partitions(),
        figures.lag(),
        figures.longestCall());
  }

  /**
   * Waits until the consumer has ended.
   *
   * @throws ConsumerException if it was not closed but failed: a handler threw an {@link Error}, or
   *     Kafka refuses to go on
   */
  public void awaitTermination() throws InterruptedException {
    ended.await();
    ConsumerException cause = failure;
    if (cause != null) {
      failureSeen = true;
      throw cause;
    }
  }

  /**
   * Lets the handlers in flight finish, commits what is handled, and leaves the group. Handlers
   * that take longer than the drain timeout are interrupted, and their events come again. Does
   * nothing if the consumer is closed already. Not to be called by a handler.
   *
   * @throws ConsumerException if the consumer has failed and nobody has been told
   */
  @Override
  public void close() {
    closing = true;
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    ConsumerException cause = failure;
    if (cause != null && !failureSeen) {
      failureSeen = true;
      throw cause;
    }
  }

  private void start() {
    new Thread(this::run, "tollgate-consumer-" + group).start();
  }

  // Deliberately broad: whatever ends the thread is told to those who wait for its end.
  private void run() {
    try (deadLetters;
        consumer) {
      consume();
    } catch (Throwable e) {
      failure =
          new ConsumerException(
              "The consumer of group %s stopped: %s".formatted(group, e.getMessage()), e);
    } finally {
      ended.countDown();
    }
  }

  private void consume() {
    try {
      loop.subscribe(handlers.topics());
      while (!closing) {
        loop.pass();
      }
    } finally {
      try {
        loop.drain();
      } finally {
        workers.stop();
      }
    }
  }

  /** A consumer that is not started yet. */
  public static final class Builder {

    private final ConsumerSettings settings;
    private final Handlers handlers;

    private Builder(ConsumerSettings settings) {
      this.settings = settings;
      this.handlers = new Handlers(settings.topics());
    }

    /**
     * Has events of this type handled so. Events of other types are passed over.
     *
     * @throws IllegalArgumentException if the type is not one of an output topic of events, or has
     *     a handler already
     */
    public <T extends SpecificRecord> Builder on(Class<T> type, EventHandler<? super T> handler) {
      handlers.add(type, handler);
      return this;
    }

    /**
     * Starts the consumer in threads of its own, after a check of its topics; the dead-letter topic
     * is created if it is missing.
     *
     * @throws IllegalStateException if there is no handler
     * @throws ConsumerException if a topic is missing, or Kafka cannot be reached
     * @throws KafkaException if Kafka's client refuses a property
     */
    public EventConsumer start() {
      if (handlers.topics().isEmpty()) {
        throw new IllegalStateException("A consumer without handlers has nothing to do");
      }
      try (Admin admin = Admin.create(settings.adminProperties())) {
        Topics topics = new Topics(admin);
        topics.require(handlers.topics());
        topics.createIfMissing(settings.deadLetterTopic());
      }
      EventConsumer consumer = new EventConsumer(settings, handlers);
      consumer.start();
      return consumer;
    }
  }
}
