package io.tollgate.embedded;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Runs an embedded broker as a process of its own: {@code --dir DIR --port PORT}, both optional.
 * Prints {@code READY host:port} on standard output once clients can connect, and shuts down
 * gracefully on SIGTERM or SIGINT.
 *
 * <p>Ends with 1 if the broker cannot start or fails, with 2 if the arguments are wrong.
 */
public final class EmbeddedKafkaMain {

  static final int FAILED = 1;
  static final int USAGE = 2;

  private EmbeddedKafkaMain() {}

  public static void main(String[] args) {
    int status = run(args, System.out, System.err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Runs until the broker is closed by the process's end, and returns the exit status. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    EmbeddedKafka kafka;
    try {
      kafka = parse(args);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage() + "; usage: [--dir DIR] [--port PORT]");
      return USAGE;
    }
    try (kafka) {
      // Before the start, so that a signal during it leaves no half-stopped directory either.
      Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "embedded-kafka-shutdown"));
      kafka.start();
      out.println("READY " + kafka.bootstrapServers());
      out.flush();
      kafka.awaitTermination();
      return 0;
    } catch (EmbeddedKafkaException e) {
      err.println(e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static EmbeddedKafka parse(String[] args) {
    EmbeddedKafka.Builder builder = EmbeddedKafka.builder();
    for (int i = 0; i < args.length; i += 2) {
      String option = args[i];
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      String value = args[i + 1];
      switch (option) {
        case "--dir" -> builder.dataDirectory(Path.of(value));
        case "--port" -> builder.port(parsePort(value));
        default -> throw new IllegalArgumentException("Unknown option " + option);
      }
    }
    return builder.build();
  }

  private static int parsePort(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not a port: " + value, e);
    }
  }
}
