package io.tollgate.producers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Meter;
import org.apache.kafka.common.utils.Time;

/**
 * What became of the events of one producer, as metrics of Kafka's kind, which its users collect
 * already: in JMX as {@code tollgate.producer:type=tollgate-producer-metrics,client-id=…}.
 */
final class DeliveryMetrics implements AutoCloseable {

  private static final String GROUP = "tollgate-producer-metrics";

  private final Metrics metrics;
  private final Map<String, String> tags;
  private final Sensor sent;
  private final Sensor refused;
  private final Sensor acknowledged;
  private final Sensor failed;
  private final Sensor latency;

  DeliveryMetrics(String clientId, IntSupplier inFlight) {
    this.metrics =
        new Metrics(
            new MetricConfig(),
            List.of(new JmxReporter()),
            Time.SYSTEM,
            new KafkaMetricsContext("tollgate.producer"));
    this.tags = Map.of("client-id", clientId);
    this.sent = meter("sent", "Events handed to Kafka's client");
    this.refused = meter("refused", "Events not sent: invalid, or no room in flight");
    this.acknowledged = meter("acknowledged", "Events that all in-sync replicas have");
    this.failed = meter("failed", "Events that Kafka reported as not delivered");
    this.latency = metrics.sensor("latency");
    latency.add(name("latency-avg", "Milliseconds from send to acknowledgement"), new Avg());
    latency.add(name("latency-max", "Most milliseconds from send to acknowledgement"), new Max());
    metrics.addMetric(
        name("in-flight", "Events sent, and neither acknowledged nor failed"),
        (Gauge<Integer>) (config, now) -> inFlight.getAsInt());
  }

  private Sensor meter(String name, String description) {
    Sensor sensor = metrics.sensor(name);
    sensor.add(
        new Meter(
            name(name + "-rate", description + ", a second"), name(name + "-total", description)));
    return sensor;
  }

  private MetricName name(String name, String description) {
    return metrics.metricName(name, GROUP, description, tags);
  }

  void sent() {
    sent.record();
  }

  void refused() {
    refused.record();
  }

  void acknowledged(long nanos) {
    acknowledged.record();
    latency.record((double) nanos / TimeUnit.MILLISECONDS.toNanos(1));
  }

  void failed() {
    failed.record();
  }

  /** These, and those of Kafka's client. */
  Map<MetricName, Metric> with(Map<MetricName, ? extends Metric> ofClient) {
    Map<MetricName, Metric> all = new HashMap<>(ofClient);
    all.putAll(metrics.metrics());
    return Map.copyOf(all);
  }

  @Override
  public void close() {
    metrics.close();
  }
}
