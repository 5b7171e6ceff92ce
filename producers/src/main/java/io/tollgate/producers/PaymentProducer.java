package io.tollgate.producers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tollgate.events.DisputeUpdated;
import io.tollgate.events.IssuerCleared;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentRefunded;
import io.tollgate.events.PaymentSucceeded;

/**
 * Reports what became of payments. Amounts are in nano-units of the currency; ids are the payment
 * provider's, so that a webhook that comes twice moves money once.
 *
 * <p>Each {@code send} returns and throws as {@link EventProducer#send} does.
 */
public final class PaymentProducer extends TopicProducer {

  PaymentProducer(EventProducer events) {
    super(events);
  }

  /** Money was taken; it is credited once for each {@code paymentId}. */
  @CanIgnoreReturnValue
  public Delivery<PaymentSucceeded> send(PaymentSucceeded event) {
    return deliver(event);
  }

  /** A card was declined; known by {@code paymentId} and {@code attempt}. */
  @CanIgnoreReturnValue
  public Delivery<PaymentFailed> send(PaymentFailed event) {
    return deliver(event);
  }

  /** A refund changed its status; known by {@code refundId} and {@code status}. */
  @CanIgnoreReturnValue
  public Delivery<PaymentRefunded> send(PaymentRefunded event) {
    return deliver(event);
  }

  /** A dispute changed its status; known by {@code disputeId} and {@code status}. */
  @CanIgnoreReturnValue
  public Delivery<DisputeUpdated> send(DisputeUpdated event) {
    return deliver(event);
  }

  /** The customer has spoken to the card's issuer; the latest {@code occurredAt} counts. */
  @CanIgnoreReturnValue
  public Delivery<IssuerCleared> send(IssuerCleared event) {
    return deliver(event);
  }
}
