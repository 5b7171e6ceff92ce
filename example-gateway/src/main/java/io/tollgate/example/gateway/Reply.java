package io.tollgate.example.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** What a client gets: one answer, or a stream of events. */
final class Reply {

  private final HttpExchange exchange;

  Reply(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** Whether anything of it is on its way. */
  boolean isBegun() {
    return exchange.getResponseCode() != -1;
  }

  void send(int status, byte[] json) throws IOException {
    begin(status, "application/json", json.length).write(json);
  }

  void send(ApiException error) throws IOException {
    send(error.status(), Json.bytes(error.body()));
  }

  /** Sends an event of a stream at once; fails if the client has hung up. */
  void sendEvent(String data) throws IOException {
    OutputStream out = isBegun() ? exchange.getResponseBody() : begin(200, "text/event-stream", 0);
    out.write(("data: " + data + "\n\n").getBytes(UTF_8));
    out.flush();
  }

  private OutputStream begin(int status, String contentType, long length) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, length);
    return exchange.getResponseBody();
  }
}
