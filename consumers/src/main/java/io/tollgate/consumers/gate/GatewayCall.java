package io.tollgate.consumers.gate;

import io.tollgate.events.UsageEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * One call to a model, from the decision to its usage. A call that was allowed ends once: with
 * {@link #settle}, or with {@link #abandon} if the model was never asked.
 */
public final class GatewayCall {

  private final ModelCall call;
  private final Reservation reservation;
  private final CallDecider decider;
  private final UsageReports reports;
  private final AtomicBoolean ended = new AtomicBoolean();

  GatewayCall(ModelCall call, Reservation reservation, CallDecider decider, UsageReports reports) {
    this.call = call;
    this.reservation = reservation;
    this.decider = decider;
    this.reports = reports;
  }

  /** Whether it may go ahead, and if not, why. */
  public AccessDecision decision() {
    return reservation.decision();
  }

  /** Whether it may go ahead. */
  public boolean isAllowed() {
    return decision().isAllowed();
  }

  /**
   * Reports what the call used, and gives back what it had reserved beyond that. Account, model,
   * capabilities and tier are those of the call; id, number and time are given to it. A stream that
   * was cut is reported too, as {@code ABORTED} and {@code ESTIMATED}.
   *
   * @return completes when Kafka has the report, or with the reason why it has not; that is logged
   *     and counted in any case
   * @throws IllegalStateException if the call was denied, or has ended
   * @throws io.tollgate.producers.InvalidEventException if the pipeline would reject the report
   * @throws io.tollgate.producers.BackPressureException if there was no room for it in time
   */
  public CompletableFuture<RecordMetadata> settle(UsageEvent.Builder usage) {
    end();
    usage
        .setAccountId(call.accountId())
        .setModel(call.model())
        .setCapabilities(call.capabilities())
        .setServiceTier(call.serviceTier());
    if (reservation.lease() != null) {
      usage.setAuthorizationId(reservation.lease().id());
    }
    try {
      return reports.send(usage, this::giveBackWhatIsLeft, reservation::end);
    } catch (RuntimeException e) {
      reservation.end(false);
      throw e;
    }
  }

  /**
   * Ends the call without usage: the model was not asked.
   *
   * @throws IllegalStateException if the call was denied, or has ended
   */
  public void abandon() {
    end();
    reservation.giveBack(reservation.nanos());
    reservation.end(false);
  }

  private void end() {
    if (!isAllowed()) {
      throw new IllegalStateException("The call was denied: " + decision().reason());
    }
    if (!ended.compareAndSet(false, true)) {
      throw new IllegalStateException("The call has ended");
    }
  }

  private void giveBackWhatIsLeft(UsageEvent usage) {
    reservation.giveBack(reservation.nanos() - decider.cost(usage, reservation.nanos()));
  }
}
