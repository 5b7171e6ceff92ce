package io.tollgate.example.gateway;

import io.tollgate.consumers.gate.AccessGate;
import io.tollgate.consumers.gate.GateSettings;
import io.tollgate.producers.TollgateProducers;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the gateway, before a fake model API if it is given no other. */
@Command(
    name = "example-gateway",
    mixinStandardHelpOptions = true,
    description = "An OpenAI-shaped gateway on loopback that charges what its clients use.")
final class GatewayMain implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--brokers",
      defaultValue = "localhost:9092",
      description = "Where Tollgate's Kafka is. Default: ${DEFAULT-VALUE}.")
  private String brokers = "";

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "FILE",
      description = "API keys, one a line: id, account, SHA-256 of the key in hex.")
  private Path keys = Path.of("");

  @Option(
      names = "--upstream",
      paramLabel = "URI",
      description =
          "The provider, with its key in MODEL_API_KEY. Default: a fake one in this process.")
  private @Nullable URI upstream;

  @Option(
      names = "--port",
      defaultValue = "8086",
      description = "Where to listen. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Override
  public Integer call() throws Exception {
    ApiKeys apiKeys = ApiKeys.read(keys);
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stop, stopped)));
    // Closed in the opposite order: leases are released when the last call has ended.
    try (FakeModelApi fake = new FakeModelApi();
        AccessGate gate =
            AccessGate.start(
                GateSettings.of(brokers, "example-gateway"), TollgateProducers.connect(brokers));
        Gateway gateway = new Gateway(port, apiKeys, new MeteredModel(gate, api(fake)))) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf("http://127.0.0.1:%d/v1/chat/completions%n", gateway.port());
      out.flush();
      stop.await();
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private ModelApi api(FakeModelApi fake) {
    return upstream == null
        ? new ModelApi(fake.address(), null)
        : new ModelApi(upstream, System.getenv("MODEL_API_KEY"));
  }

  private static void stop(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new GatewayMain()).execute(args));
  }
}
