package io.tollgate.example.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in for a provider: answers with as many tokens as it may. A model whose name ends with
 * {@code -overloaded} answers 503; one that ends with {@code -cut} breaks off in the middle.
 */
final class FakeModelApi implements AutoCloseable {

  private static final long INPUT_TOKENS = 10;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  FakeModelApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::handle);
    server.start();
  }

  URI address() {
    return URI.create(
        "http://%s:%d"
            .formatted(
                server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(
          ChatRequest.parse(exchange.getRequestBody().readAllBytes()).json(), new Reply(exchange));
    }
  }

  private static void answer(ObjectNode request, Reply reply) throws IOException {
    String model = request.path("model").asText();
    long tokens = request.path("max_completion_tokens").asLong();
    if (model.endsWith("-overloaded")) {
      reply.send(new ApiException(503, "overloaded", "The model is overloaded."));
    } else if (request.path("stream").asBoolean()) {
      stream(model, tokens, model.endsWith("-cut") ? tokens / 2 : tokens, reply);
    } else {
      ObjectNode answer = described("chat.completion", model);
      answer.withArray("choices").addObject().putObject("message").put("content", "word");
      reply.send(200, Json.bytes(withUsage(answer, tokens)));
    }
  }

  private static void stream(String model, long tokens, long sent, Reply reply) throws IOException {
    ObjectNode chunk = described("chat.completion.chunk", model);
    chunk.withArray("choices").addObject().putObject("delta").put("content", "word");
    String word = chunk.toString();
    for (long i = 0; i < sent; i++) {
      reply.sendEvent(word);
    }
    if (sent == tokens) {
      chunk.putArray("choices");
      reply.sendEvent(withUsage(chunk, tokens).toString());
      reply.sendEvent("[DONE]");
    }
  }

  private static ObjectNode described(String object, String model) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", "chatcmpl-1")
        .put("object", object)
        .put("model", model);
  }

  private static ObjectNode withUsage(ObjectNode answer, long outputTokens) {
    answer
        .putObject("usage")
        .put("prompt_tokens", INPUT_TOKENS)
        .put("completion_tokens", outputTokens)
        .put("total_tokens", INPUT_TOKENS + outputTokens);
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
