package io.tollgate.producers;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.events.UsageEvent;
import io.tollgate.producers.adapters.AccountLookup;
import io.tollgate.producers.adapters.CutStream;
import io.tollgate.producers.adapters.OpenAiStream;
import io.tollgate.producers.adapters.OpenAiUsage;
import io.tollgate.producers.adapters.StripeWebhooks;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The Java that the pages on producing show, compiled here and run by the tests. */
final class Examples {

  private Examples() {}

  static void produceUsage(String brokers) {
    // snippet:produce-usage
    try (UsageProducer usage = TollgateProducers.connect(brokers).usage("gateway-1")) {
      usage.send(UsageProducer.event("acme", "gpt-5").setInputTokens(700).setOutputTokens(500));
    }
    // end
  }

  static CompletableFuture<Void> keepUntilAcknowledged(
      UsageProducer usage, UsageEvent.Builder call, Set<UsageEvent> log) {
    // snippet:keep-until-acknowledged
    UsageEvent event = usage.stamp(call); // its id, made once
    log.add(event); // somewhere that outlives the process
    CompletableFuture<Void> done = usage.send(event).thenRun(() -> log.remove(event));
    // end
    return done;
  }

  static void reportResponse(UsageProducer usage, JsonNode response) {
    // snippet:report-response
    usage.send(OpenAiUsage.plain().chat(response).setAccountId("acme").setModel("gpt-5"));
    // end
  }

  static void reportStream(UsageProducer usage, List<JsonNode> chunks) {
    // snippet:report-stream
    OpenAiStream stream = new OpenAiStream(OpenAiUsage.plain());
    chunks.forEach(stream::accept);
    UsageEvent.Builder call = stream.usage().orElseGet(() -> CutStream.estimate(700, 120));
    usage.send(call.setAccountId("acme").setModel("gpt-5"));
    // end
  }

  static void readWebhook(
      EventProducer events,
      String endpointSecret,
      AccountLookup accountOfPayment,
      byte[] body,
      String signatureHeader) {
    // snippet:stripe-webhook
    StripeWebhooks stripe = StripeWebhooks.live(endpointSecret, accountOfPayment);
    stripe.read(body, signatureHeader).ifPresent(event -> events.send(event).join());
    // end
  }
}
