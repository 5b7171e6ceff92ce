package io.tollgate.example.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.consumers.gate.AccessGate;
import io.tollgate.consumers.gate.GatewayCall;
import io.tollgate.example.gateway.ApiKeys.ApiKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;

/** A model that is paid for: asks the gate, calls the provider, reports what the call used. */
final class MeteredModel {

  private static final int OK = 200;
  private static final String END = "[DONE]";

  private final AccessGate gate;
  private final ModelApi api;

  MeteredModel(AccessGate gate, ModelApi api) {
    this.gate = gate;
    this.api = api;
  }

  /**
   * Serves a call.
   *
   * @throws ApiException if it may not go ahead, or the provider fails
   * @throws IOException if the client has hung up; what it used is reported
   */
  void serve(ApiKey key, ChatRequest request, Reply reply)
      throws IOException, InterruptedException {
    // snippet:serve
    GatewayCall call = gate.open(request.callOf(key.accountId()));
    if (!call.isAllowed()) {
      throw ApiException.denied(call.decision());
    }
    HttpResponse<InputStream> answer = ask(request, call);
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != OK) {
        call.abandon();
        reply.send(answer.statusCode(), body.readAllBytes());
        return;
      }
      UsageMeter meter = new UsageMeter(request);
      boolean complete = false;
      try {
        complete =
            request.isStream()
                ? passStream(body, request, meter, reply)
                : passAnswer(body, meter, reply);
      } finally {
        var unused = call.settle(meter.usage(complete).setApiKeyId(key.id()));
      }
    }
    // end
  }

  private HttpResponse<InputStream> ask(ChatRequest request, GatewayCall call)
      throws InterruptedException {
    boolean answered = false;
    try {
      HttpResponse<InputStream> answer = api.ask(request);
      answered = true;
      return answer;
    } catch (IOException e) {
      throw ApiException.badGateway("The model does not answer. Try again later.");
    } finally {
      if (!answered) {
        call.abandon();
      }
    }
  }

  private static boolean passAnswer(InputStream body, UsageMeter meter, Reply reply)
      throws IOException {
    byte[] answer;
    try {
      answer = body.readAllBytes();
      meter.accept(Json.parse(answer));
    } catch (IOException e) {
      throw ApiException.badGateway("The model's answer broke off. Try again.");
    }
    reply.send(OK, answer);
    return true;
  }

  /**
   * Passes events on as they come. Closing the body ends the provider's work when the client hangs
   * up.
   *
   * @return whether the stream came to its end
   */
  private static boolean passStream(
      InputStream body, ChatRequest request, UsageMeter meter, Reply reply) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.startsWith("data:")) {
        continue;
      }
      String data = line.substring("data:".length()).strip();
      if (data.equals(END)) {
        reply.sendEvent(END);
        return true;
      }
      JsonNode chunk = Json.parse(data);
      meter.accept(chunk);
      if (request.wantsUsage() || !chunk.path("choices").isEmpty()) {
        reply.sendEvent(data);
      }
    }
    return false;
  }
}
