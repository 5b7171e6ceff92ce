package io.tollgate.cli.kafka;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.ExitCode;
import io.tollgate.streams.admin.AdminClients;
import io.tollgate.streams.admin.AdminException;
import io.tollgate.streams.config.TollgateConfig;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Says in the words and exit codes of the command what went wrong with Kafka. */
public final class KafkaFailures {

  private KafkaFailures() {}

  /**
   * Does something with Kafka.
   *
   * @throws CommandException if Kafka was the reason that it failed
   */
  public static <T> T translate(TollgateConfig config, Supplier<T> work) {
    try {
      return work.get();
    } catch (AdminException e) {
      throw new CommandException(
          exitCode(e), withServers(config, String.valueOf(e.getMessage())), e);
    } catch (KafkaException e) {
      throw new CommandException(exitCode(e), withServers(config, describe(e)), e);
    }
  }

  private static String withServers(TollgateConfig config, String message) {
    return "%s (bootstrap.servers=%s)".formatted(message, config.bootstrapServers());
  }

  /** The exit code that says what kind of failure it was. */
  public static ExitCode exitCode(Throwable failure) {
    if (AdminClients.isWrongSetting(failure)) {
      return ExitCode.SETTINGS;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException
          || cause instanceof ConfigException // a host name that means nothing
          || cause instanceof AuthenticationException) {
        return ExitCode.UNREACHABLE;
      }
      if (cause instanceof UnknownTopicOrPartitionException) {
        return ExitCode.TOPICS;
      }
    }
    // What an administrator's question finds wrong by itself is about topics.
    return failure instanceof AdminException && failure.getCause() == null
        ? ExitCode.TOPICS
        : ExitCode.FAILURE;
  }

  private static String describe(KafkaException failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof TimeoutException) {
      return "no broker answers; is Kafka running, and is bootstrap.servers right?";
    }
    if (root instanceof AuthenticationException) {
      return "the broker does not accept the credentials: " + root.getMessage();
    }
    if (root instanceof AuthorizationException) {
      return "not permitted: " + root.getMessage();
    }
    String message = root.getMessage();
    return "Kafka says: " + (message == null ? root.getClass().getSimpleName() : message);
  }
}
