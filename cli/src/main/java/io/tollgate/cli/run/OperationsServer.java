package io.tollgate.cli.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.cli.CommandException;
import io.tollgate.cli.ExitCode;
import io.tollgate.streams.app.PipelineHealth;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers over HTTP for the health and the metrics of an instance:
 *
 * <ul>
 *   <li>{@code /health/live}: 200 unless it has stopped; 503 means that it should be started again.
 *   <li>{@code /health/ready}: 200 while every task that it has is processing; 503 while it starts
 *       or restores.
 *   <li>{@code /metrics}: Prometheus' text format.
 * </ul>
 */
final class OperationsServer implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "tollgate-http");
            thread.setDaemon(true);
            return thread;
          });

  private OperationsServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @throws CommandException if the address cannot be had
   */
  static OperationsServer start(
      InetSocketAddress address, Supplier<PipelineHealth> health, Supplier<String> metrics) {
    HttpServer http;
    try {
      http = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.SETTINGS,
          "cannot listen on %s:%d for health and metrics: %s; set http.listener to a free address, or to nothing"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
    OperationsServer server = new OperationsServer(http);
    server.serveHealth("/health/live", health, PipelineHealth::live);
    server.serveHealth("/health/ready", health, PipelineHealth::ready);
    http.createContext(
        "/metrics", exchange -> respond(exchange, 200, Metrics.CONTENT_TYPE, metrics.get()));
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  private void serveHealth(
      String path, Supplier<PipelineHealth> health, Predicate<PipelineHealth> good) {
    server.createContext(
        path,
        exchange -> {
          PipelineHealth now = health.get();
          respond(
              exchange,
              good.test(now) ? 200 : 503,
              "application/json",
              MAPPER.writeValueAsString(now) + "\n");
        });
  }

  private static void respond(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Where it is to be asked: with port 0, the port that it got. */
  String url() {
    InetSocketAddress address = server.getAddress();
    return "http://%s:%d".formatted(address.getHostString(), address.getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
