package io.tollgate.cli.run;

import io.tollgate.streams.app.Pipeline;
import io.tollgate.streams.config.TollgateConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What those who operate an instance see of it, if they asked for it. */
final class Operations implements AutoCloseable {

  private final @Nullable Metrics metrics;
  private final @Nullable OperationsServer server;

  private Operations(@Nullable Metrics metrics, @Nullable OperationsServer server) {
    this.metrics = metrics;
    this.server = server;
  }

  static Operations start(TollgateConfig config, Pipeline pipeline) {
    return config
        .httpListener()
        .map(
            address -> {
              Metrics metrics = new Metrics(pipeline);
              return new Operations(
                  metrics, OperationsServer.start(address, pipeline::health, metrics::scrape));
            })
        .orElseGet(() -> new Operations(null, null));
  }

  /** Where it is to be asked, as a URL; empty if nowhere. */
  Optional<String> url() {
    return Optional.ofNullable(server).map(OperationsServer::url);
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (metrics != null) {
      metrics.close();
    }
  }
}
