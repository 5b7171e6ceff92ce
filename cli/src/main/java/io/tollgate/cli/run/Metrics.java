package io.tollgate.cli.run;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tollgate.streams.app.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The metrics of an instance in Prometheus' text format: everything that Kafka Streams measures,
 * ours among it, and the JVM. Kafka registers the same with JMX by itself.
 */
final class Metrics implements AutoCloseable {

  /** What {@link #scrape} returns. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  // Metrics of a task come and go with it; half of a usual scrape interval.
  private static final Duration REFRESH = Duration.ofSeconds(5);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "tollgate-metrics");
            thread.setDaemon(true);
            return thread;
          });
  private final List<KafkaStreamsMetrics> streams;

  Metrics(Pipeline pipeline) {
    gc.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    streams =
        pipeline.applications().stream()
            .map(application -> new KafkaStreamsMetrics(application, List.of(), refresher, REFRESH))
            .toList();
    streams.forEach(application -> application.bindTo(registry));
  }

  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    streams.forEach(KafkaStreamsMetrics::close);
    refresher.shutdownNow();
    gc.close();
    registry.close();
  }
}
