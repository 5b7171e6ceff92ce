package io.tollgate.example.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tollgate.consumers.gate.GateException;
import io.tollgate.example.gateway.ApiKeys.ApiKey;
import io.tollgate.producers.BackPressureException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway's HTTP side, on loopback: who asks, for what, and what an error looks like. */
final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** As many calls at once; each keeps a thread while its answer streams. */
  private static final int THREADS = 64;

  private static final int MAX_REQUEST_BYTES = 1 << 20;
  private static final String BEARER = "Bearer ";

  private final ApiKeys keys;
  private final MeteredModel model;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  /**
   * Starts it.
   *
   * @param port 0 for any that is free
   */
  Gateway(int port, ApiKeys keys, MeteredModel model) throws IOException {
    this.keys = keys;
    this.model = model;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = new Reply(exchange);
      ApiException error = serve(exchange, reply);
      if (error != null && !reply.isBegun()) {
        reply.send(error);
      }
    }
  }

  /** Returns what to tell the client; null if it has its answer, or has hung up. */
  private @Nullable ApiException serve(HttpExchange exchange, Reply reply) {
    try {
      requireChatCompletion(exchange);
      ApiKey key = authenticate(exchange.getRequestHeaders().getFirst("Authorization"));
      model.serve(key, ChatRequest.parse(read(exchange)), reply);
      return null;
    } catch (ApiException e) {
      return e;
    } catch (IOException e) {
      LOG.debug("A client has hung up, or a stream was cut", e);
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ApiException(503, "stopping", "The gateway stops. Try another.");
    } catch (GateException | BackPressureException e) {
      LOG.error("A call cannot be metered", e);
      return new ApiException(503, "metering_unavailable", "Calls cannot be metered. Try later.");
    } catch (RuntimeException e) {
      LOG.error("A call failed", e);
      return new ApiException(500, "internal_error", "The gateway has a fault. Tell its operator.");
    }
  }

  private static void requireChatCompletion(HttpExchange exchange) {
    if (!exchange.getRequestURI().getPath().equals("/v1/chat/completions")
        || !exchange.getRequestMethod().equals("POST")) {
      throw new ApiException(404, "not_found", "There is POST /v1/chat/completions only.");
    }
  }

  private ApiKey authenticate(@Nullable String authorization) {
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw new ApiException(401, "invalid_api_key", "Send your API key as a Bearer token.");
    }
    return keys.find(authorization.substring(BEARER.length()))
        .orElseThrow(() -> new ApiException(401, "invalid_api_key", "The API key is not known."));
  }

  private static byte[] read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
    if (body.length > MAX_REQUEST_BYTES) {
      throw new ApiException(413, "request_too_large", "A request has a mebibyte at most.");
    }
    return body;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
