package io.tollgate.producers;

/** The Java that the README shows for producers, compiled here and run by the tests. */
final class Examples {

  private Examples() {}

  static void produceUsage(String brokers) {
    // snippet:produce-usage
    try (UsageProducer usage = TollgateProducers.connect(brokers).usage("gateway-1")) {
      usage.send(UsageProducer.event("acme", "gpt-5").setInputTokens(700).setOutputTokens(500));
    }
    // end
  }
}
