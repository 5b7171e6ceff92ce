package io.tollgate.cli.kafka;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.EndsWith;
import io.tollgate.cli.ExitCode;
import io.tollgate.streams.config.ConfigLoader;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that talk to Kafka; they win over the environment, and that over a file. */
@EndsWith({ExitCode.UNREACHABLE, ExitCode.TOPICS, ExitCode.SETTINGS})
public final class KafkaOptions {

  @Option(
      names = {"-b", "--bootstrap-server"},
      paramLabel = "HOST:PORT[,...]",
      description = "Brokers to ask for all the others (bootstrap.servers); else localhost:9092.")
  @Nullable String bootstrapServer;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "What the installation's topics start with (topic.prefix); else 'tollgate.'.")
  @Nullable String topicPrefix;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Properties file of settings; TOLLGATE_… in the environment win over it.")
  @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any setting; 'kafka.…' goes through to the clients of Kafka. May be repeated.")
  Map<String, String> settings = new LinkedHashMap<>();

  /**
   * Does something with Kafka, with all settings.
   *
   * @throws CommandException if a setting is unknown or wrong, or Kafka was the reason that it
   *     failed
   */
  public <T> T use(Function<TollgateConfig, T> work) {
    TollgateConfig loaded = load();
    return KafkaFailures.translate(loaded, () -> work.apply(loaded));
  }

  /**
   * All settings.
   *
   * @throws CommandException with {@link ExitCode#SETTINGS} if one is unknown or wrong
   */
  public TollgateConfig load() {
    return load(System.getenv());
  }

  TollgateConfig load(Map<String, String> environment) {
    Map<String, String> arguments = new LinkedHashMap<>(settings);
    if (bootstrapServer != null) {
      arguments.put(TollgateConfig.BOOTSTRAP_SERVERS, bootstrapServer);
    }
    if (topicPrefix != null) {
      arguments.put(TollgateConfig.TOPIC_PREFIX, topicPrefix);
    }
    try {
      return ConfigLoader.load(config, environment, arguments);
    } catch (ConfigException e) {
      throw new CommandException(
          ExitCode.SETTINGS, "wrong settings: %s".formatted(e.getMessage()), e);
    }
  }
}
