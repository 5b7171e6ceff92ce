package io.tollgate.streams.processor;

import io.tollgate.domain.RejectionReason;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.effect.Effect.AlertType;
import io.tollgate.domain.effect.Effect.BlockReason;
import io.tollgate.domain.effect.Effect.EntryType;
import io.tollgate.domain.effect.Effect.LedgerEntry;
import io.tollgate.domain.effect.Effect.LotMovement;
import io.tollgate.domain.effect.Effect.RechargeReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Counts what a task did, as Kafka Streams metrics in the group {@code stream-tollgate-metrics}.
 * They are for watching, not for books: an aborted transaction counts twice, and amounts are
 * doubles. Exact numbers come from the topics.
 */
final class TaskMetrics implements AutoCloseable {

  private static final String GROUP = "stream-tollgate-metrics";

  private final StreamsMetrics metrics;
  private final Map<String, String> taskTags = new LinkedHashMap<>();
  private final List<Sensor> sensors = new ArrayList<>();

  // All of them are there from the start, at 0: an alarm need not wait for the first event.
  private final Sensor accepted;
  private final Sensor duplicates;
  private final Map<RejectionReason, Sensor> rejected;
  private final Map<BlockReason, Sensor> blocked;
  private final Map<AlertType, Sensor> alerts;
  private final Map<RechargeReason, Sensor> rechargeRequests;
  private final Sensor charged;
  private final Sensor writtenOff;
  private final Sensor debtIncurred;
  private final Sensor debtRepaid;
  private final Sensor clock;

  TaskMetrics(ProcessorContext<?, ?> context) {
    this.metrics = context.metrics();
    // The thread's name holds the client's: several clients of one JVM stay apart in JMX.
    taskTags.put("thread-id", Thread.currentThread().getName());
    taskTags.put("task-id", context.taskId().toString());
    this.accepted = counter("accepted", "Events that took effect.");
    this.duplicates = counter("duplicates", "Events that had been decided before.");
    this.rejected = counters("rejected", "Events refused.", "reason", RejectionReason.class);
    this.blocked = counters("blocked", "Calls not allowed.", "reason", BlockReason.class);
    this.alerts = counters("alerts", "Balance alerts sent.", "alert-type", AlertType.class);
    this.rechargeRequests =
        counters("recharge-requests", "Recharges asked for.", "reason", RechargeReason.class);
    this.charged = counter("charged-nanos", "Taken from balances for usage.");
    this.writtenOff = counter("written-off-nanos", "Usage that nobody pays.");
    this.debtIncurred = counter("debt-incurred-nanos", "What became debt.");
    this.debtRepaid = counter("debt-repaid-nanos", "Debt that credit paid.");
    this.clock =
        sensor(
            "clock-timestamp-ms",
            "Time of the last tick that was processed, in epoch milliseconds.",
            taskTags,
            new Value());
  }

  private <E extends Enum<E>> Map<E, Sensor> counters(
      String name, String description, String tag, Class<E> kinds) {
    Map<E, Sensor> counters = new EnumMap<>(kinds);
    for (E kind : kinds.getEnumConstants()) {
      Map<String, String> tags = new LinkedHashMap<>(taskTags);
      tags.put(tag, kind.name());
      counters.put(kind, sensor(name + "-total", description, tags, new CumulativeSum()));
    }
    return counters;
  }

  private Sensor counter(String name, String description) {
    return sensor(name + "-total", description, taskTags, new CumulativeSum());
  }

  private Sensor sensor(
      String name, String description, Map<String, String> tags, MeasurableStat stat) {
    Sensor sensor = metrics.addSensor(GROUP + name + tags, Sensor.RecordingLevel.INFO);
    sensor.add(new MetricName(name, GROUP, description, tags), stat);
    sensors.add(sensor);
    return sensor;
  }

  void count(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      increment(rejected, refused.rejection().reason());
    } else if (outcome instanceof Outcome.Duplicate) {
      duplicates.record(1);
    } else {
      accepted.record(1);
    }
  }

  void count(Effect effect) {
    if (effect instanceof LedgerEntry entry) {
      count(entry);
    } else if (effect instanceof Effect.UsageBlocked block) {
      increment(blocked, block.reason());
    } else if (effect instanceof Effect.BalanceAlert alert) {
      increment(alerts, alert.type());
    } else if (effect instanceof Effect.RechargeRequested recharge) {
      increment(rechargeRequests, recharge.reason());
    } else if (effect instanceof Effect.ReversalRejected reversal) {
      increment(rejected, reversal.rejection().reason());
    }
  }

  private void count(LedgerEntry entry) {
    if (entry.type() == EntryType.USAGE) {
      charged.record((double) -entry.amountNanos());
      writtenOff.record((double) entry.writtenOffNanos());
    }
    long debtChange = -entry.amountNanos();
    for (LotMovement movement : entry.lotMovements()) {
      debtChange += movement.deltaNanos();
    }
    (debtChange > 0 ? debtIncurred : debtRepaid).record((double) Math.abs(debtChange));
  }

  /** Notes that the deadlines up to then have fired. */
  void ticked(long tickTime) {
    clock.record((double) tickTime);
  }

  private static <E extends Enum<E>> void increment(Map<E, Sensor> counters, E kind) {
    Objects.requireNonNull(counters.get(kind)).record(1);
  }

  /** Takes them away with the task, which may go on elsewhere. */
  @Override
  public void close() {
    sensors.forEach(metrics::removeSensor);
  }
}
