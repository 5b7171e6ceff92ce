package io.tollgate.system;

import io.tollgate.events.UsageEvent;
import io.tollgate.producers.ProducerSettings;
import io.tollgate.producers.TollgateProducers;
import io.tollgate.producers.UsageProducer;
import java.nio.file.Path;

/**
 * A gateway as a process of its own, so that a test can kill it: brokers, directory of its log, how
 * many accounts there are, how many calls it reports in its whole life. When it starts again, it
 * first sends what it does not know to be acknowledged, with the ids that it had.
 */
final class GatewayMain {

  private GatewayMain() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    int accounts = Integer.parseInt(args[2]);
    int calls = Integer.parseInt(args[3]);
    ProducerSettings settings =
        ProducerSettings.of(args[0])
            // A trickle: about a thousand a second, so that there is time to be killed in.
            .withMaxInFlight(20)
            .withKafkaProperty("linger.ms", "20");
    try (UnsentLog log = new UnsentLog(directory);
        UsageProducer usage = TollgateProducers.connect(settings).usage("gateway")) {
      log.unsent().forEach(event -> send(usage, log, event));
      for (int call = UnsentLog.made(directory).size(); call < calls; call++) {
        UsageEvent event =
            usage.stamp(
                UsageProducer.event("account-" + call % accounts, Events.MODEL)
                    .setInputTokens(1 + call % 3_000));
        log.add(event);
        send(usage, log, event);
      }
    }
  }

  private static void send(UsageProducer usage, UnsentLog log, UsageEvent event) {
    var unused =
        usage
            .send(event)
            .whenComplete(
                (at, failure) -> {
                  if (failure == null) {
                    log.acknowledge(event);
                  } else {
                    Runtime.getRuntime().halt(1);
                  }
                });
  }
}
