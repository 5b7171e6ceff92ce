package io.tollgate.consumers.recharge;

import io.tollgate.consumers.EventHandler;
import io.tollgate.events.RechargeReason;
import io.tollgate.events.RechargeRequested;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Charges for one request after the other, and publishes what is known for certain. */
final class RechargeHandler implements EventHandler<RechargeRequested> {

  /** Publishes an event, and returns when Kafka has it. */
  @FunctionalInterface
  interface Publisher {
    void publish(SpecificRecord event) throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(RechargeHandler.class);

  /** Providers may forget a key after 24 hours; an hour less, as clocks differ. */
  private static final Duration KEY_MEMORY = Duration.ofHours(23);

  private final CardCharger charger;
  private final Publisher payments;
  private final Clock clock;
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder declined = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder late = new LongAdder();

  RechargeHandler(CardCharger charger, Publisher payments, Clock clock) {
    this.charger = charger;
    this.payments = payments;
    this.clock = clock;
  }

  RechargeMetrics metrics() {
    return new RechargeMetrics(succeeded.sum(), declined.sum(), unknown.sum(), late.sum());
  }

  @Override
  public void handle(RechargeRequested request) throws Exception {
    Charge charge = Charge.of(request);
    Optional<ChargeResult> result = resultOf(charge, request);
    if (result.isEmpty()) {
      late.increment();
      LOG.warn("{} came after its deadline and was not charged", charge.idempotencyKey());
    } else if (result.get() instanceof ChargeResult.Succeeded success) {
      payments.publish(charge.event(success));
      succeeded.increment();
    } else if (result.get() instanceof ChargeResult.Declined decline) {
      payments.publish(charge.event(decline));
      declined.increment();
    } else {
      unknown.increment();
    }
  }

  /** The outcome of the charge; empty if there is none, and it is too late to charge. */
  private Optional<ChargeResult> resultOf(Charge charge, RechargeRequested request)
      throws InterruptedException {
    try {
      if (isLate(charge) || mayBeForgotten(request)) {
        Optional<ChargeResult> earlier = charger.find(charge);
        if (earlier.isPresent()) {
          return earlier;
        }
      }
      // Asked again: looking it up took time.
      return isLate(charge) ? Optional.empty() : Optional.of(charger.charge(charge));
    } catch (InterruptedException e) {
      // The executor closes; whoever gets the request next finds out.
      throw e;
    } catch (Exception e) {
      // The message is the provider's and may tell of the card.
      LOG.warn(
          "The outcome of {} is not known; it will be requested again: {}",
          charge.idempotencyKey(),
          e.getClass().getName());
      return Optional.of(new ChargeResult.Unknown());
    }
  }

  private boolean isLate(Charge charge) {
    return !clock.instant().isBefore(charge.deadline());
  }

  /**
   * Whether the provider may have forgotten the key. A request that is sent again does not tell
   * when the key was used first, so it counts as old.
   */
  private boolean mayBeForgotten(RechargeRequested request) {
    Instant forgotten = request.getRequestedAt().plus(KEY_MEMORY);
    return request.getReason() == RechargeReason.UNKNOWN_OUTCOME
        || !clock.instant().isBefore(forgotten);
  }
}
