package io.tollgate.consumers.recharge;

import io.tollgate.consumers.ConsumerException;
import io.tollgate.consumers.ConsumerMetrics;
import io.tollgate.consumers.ConsumerSettings;
import io.tollgate.consumers.EventConsumer;
import io.tollgate.events.RechargeRequested;
import io.tollgate.producers.EventProducer;
import java.time.Clock;

/**
 * Carries out recharge requests: has the card charged, and publishes PaymentSucceeded or
 * PaymentFailed. No request is charged twice.
 *
 * <ul>
 *   <li>A charge bears the request's idempotency key, so the provider makes it once and gives its
 *       first result again. A crash between the charge and its publication, or between that and the
 *       commit of the offset, has the same request handled again: the charge is not repeated, its
 *       result is published, perhaps a second time, and the pipeline credits a {@code paymentId}
 *       once.
 *   <li>Providers may forget a key after 24 hours. So a request that is sent again, or is older
 *       than 23 hours, is looked up first, and charged only if there is no such charge.
 *   <li>No charge is begun once the deadline has passed: the pipeline has sent the request again,
 *       or has told people that the recharge stalled. What was charged before it is found and
 *       published.
 *   <li>If the outcome is not known, nothing is published, and the pipeline sends the same request
 *       again.
 * </ul>
 *
 * <p>A payment may also be published from the provider's webhook. The pipeline credits whichever
 * comes first; the other has to say the same, or is rejected as a conflict without effect.
 *
 * <p>Charges of different partitions run at the same time if the settings have more than one thread
 * ({@link ConsumerSettings#withThreads}): a charge takes a second or so.
 */
public final class RechargeExecutor implements AutoCloseable {

  private final RechargeHandler handler;
  private final EventConsumer consumer;

  private RechargeExecutor(RechargeHandler handler, EventConsumer consumer) {
    this.handler = handler;
    this.consumer = consumer;
  }

  /**
   * Starts an executor. All executors of an installation need the same group.
   *
   * @param payments where payments are published; not closed by the executor
   * @throws ConsumerException as {@link EventConsumer.Builder#start} does
   */
  public static RechargeExecutor start(
      ConsumerSettings settings, EventProducer payments, CardCharger charger) {
    RechargeHandler handler =
        new RechargeHandler(charger, event -> payments.send(event).get(), Clock.systemUTC());
    return new RechargeExecutor(
        handler, EventConsumer.of(settings).on(RechargeRequested.class, handler).start());
  }

  /** What became of the requests so far. */
  public RechargeMetrics metrics() {
    return handler.metrics();
  }

  /** The figures of the consumer inside. */
  public ConsumerMetrics consumerMetrics() {
    return consumer.metrics();
  }

  /** As {@link EventConsumer#awaitTermination}. */
  public void awaitTermination() throws InterruptedException {
    consumer.awaitTermination();
  }

  /** Finishes the charges in flight, as {@link EventConsumer#close} does. */
  @Override
  public void close() {
    consumer.close();
  }
}
