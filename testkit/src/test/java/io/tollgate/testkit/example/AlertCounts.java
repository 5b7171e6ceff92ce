package io.tollgate.testkit.example;

import io.tollgate.events.BalanceAlert;
import io.tollgate.schemas.serde.EventSerde;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Produced;

// snippet:topology
/** Counts alerts by their type. */
final class AlertCounts implements Supplier<Topology> {
  @Override
  public Topology get() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            "tollgate.balance-alerts",
            Consumed.with(Serdes.String(), EventSerde.of(BalanceAlert.class)))
        .groupBy(
            (account, alert) -> alert.getType().name(),
            Grouped.with("by-type", Serdes.String(), EventSerde.of(BalanceAlert.class)))
        .count()
        .toStream()
        .to("alert-counts", Produced.with(Serdes.String(), Serdes.Long()));
    return builder.build();
  }
}
// end
