package io.tollgate.testkit.example;

import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.serde.EventSerde;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

// snippet:topology
/** Takes every recharge to have been paid. */
final class RechargeAtOnce implements Supplier<Topology> {
  @Override
  public Topology get() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            "tollgate.recharge-requests",
            Consumed.with(Serdes.String(), EventSerde.of(RechargeRequested.class)))
        .mapValues(RechargeAtOnce::paid)
        .to(
            "tollgate.payment-events",
            Produced.with(Serdes.String(), EventSerde.of(PaymentSucceeded.class)));
    return builder.build();
  }

  private static PaymentSucceeded paid(RechargeRequested request) {
    return PaymentSucceeded.newBuilder()
        .setPaymentId(request.getIdempotencyKey())
        .setAccountId(request.getAccountId())
        .setAmountNanos(request.getAmountNanos())
        .setOccurredAt(request.getRequestedAt())
        .setRechargeId(request.getRechargeId())
        .setAttempt(request.getAttempt())
        .build();
  }
}
// end
