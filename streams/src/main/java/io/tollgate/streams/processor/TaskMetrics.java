package io.tollgate.streams.processor;

import io.tollgate.domain.effect.Effect;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Counts what a task did, as Kafka Streams metrics in the group {@code stream-tollgate-metrics}. An
 * aborted transaction counts twice: exact numbers come from the topics.
 */
final class TaskMetrics {

  private static final String SCOPE = "tollgate";

  private final Sensor accepted;
  private final Sensor duplicates;
  private final Sensor rejected;
  private final Sensor blocked;

  TaskMetrics(ProcessorContext<?, ?> context) {
    this.accepted = sensor(context, "accepted");
    this.duplicates = sensor(context, "duplicates");
    this.rejected = sensor(context, "rejected");
    this.blocked = sensor(context, "blocked");
  }

  private static Sensor sensor(ProcessorContext<?, ?> context, String operation) {
    return context
        .metrics()
        .addRateTotalSensor(
            SCOPE, context.taskId().toString(), operation, Sensor.RecordingLevel.INFO);
  }

  void count(Outcome outcome) {
    if (outcome instanceof Outcome.Applied) {
      accepted.record();
    } else if (outcome instanceof Outcome.Duplicate) {
      duplicates.record();
    } else {
      rejected.record();
    }
  }

  void count(Effect effect) {
    if (effect instanceof Effect.UsageBlocked) {
      blocked.record();
    }
  }
}
