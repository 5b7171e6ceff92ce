package io.tollgate.streams.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Collects settings from where people put them: defaults, then a file, then the environment, then
 * arguments; each replaces the ones before it.
 */
public final class ConfigLoader {

  /** What our environment variables start with. */
  public static final String ENVIRONMENT_PREFIX = "TOLLGATE_";

  /**
   * Kubernetes sets these in every pod of a namespace that has a service named tollgate; they are
   * not meant for us.
   */
  private static final Pattern SERVICE_LINK = Pattern.compile("SERVICE_(HOST|PORT.*)|PORT(_.*)?");

  private record Sourced(String value, String origin) {}

  private ConfigLoader() {}

  /**
   * Reads the settings.
   *
   * @param file a properties file in UTF-8; null: none
   * @param environment all environment variables; those that do not start with {@link
   *     #ENVIRONMENT_PREFIX} are ignored
   * @param arguments values from the command line, by name
   * @throws ConfigException in one line that says where a bad value came from
   */
  public static TollgateConfig load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> arguments) {
    Map<String, Sourced> settings = new LinkedHashMap<>();
    if (file != null) {
      addFile(file, settings);
    }
    addEnvironment(environment, settings);
    addArguments(arguments, settings);
    settings.forEach(ConfigLoader::check);
    Map<String, String> values = new LinkedHashMap<>();
    settings.forEach((key, sourced) -> values.put(key, sourced.value()));
    try {
      return new TollgateConfig(values);
    } catch (ConflictingSettingsException e) {
      String origins =
          e.keys().stream()
              .map(key -> key + " is from " + originOf(settings.get(key)))
              .collect(Collectors.joining(", "));
      throw new ConflictingSettingsException(e.keys(), e.getMessage() + " (" + origins + ")");
    }
  }

  /** All settings as a table in Markdown. */
  public static String describe() {
    return SettingsTable.markdown(SettingDefinitions.ALL);
  }

  private static void addFile(Path file, Map<String, Sourced> settings) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigException("There is no settings file %s".formatted(file));
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "The settings file %s cannot be read: %s".formatted(file, e.getMessage()));
    }
    String origin = "file " + file;
    for (String key : properties.stringPropertyNames()) {
      add(key, properties.getProperty(key), origin, settings);
    }
  }

  private static void addEnvironment(
      Map<String, String> environment, Map<String, Sourced> settings) {
    new TreeMap<>(environment)
        .forEach(
            (variable, value) -> {
              if (variable.startsWith(ENVIRONMENT_PREFIX)) {
                String name = variable.substring(ENVIRONMENT_PREFIX.length());
                String origin = "environment variable " + variable;
                Optional<String> key = keyOf(name);
                if (key.isPresent()) {
                  add(key.orElseThrow(), value, origin, settings);
                } else if (!SERVICE_LINK.matcher(name).matches()) {
                  throw unknown(name.toLowerCase(Locale.ROOT).replace('_', '.'), origin);
                }
              }
            });
  }

  private static void addArguments(Map<String, String> arguments, Map<String, Sourced> settings) {
    arguments.forEach((key, value) -> add(key, value, "command line", settings));
  }

  private static void add(String key, String value, String origin, Map<String, Sourced> settings) {
    if (!SettingDefinitions.ALL.names().contains(key) && !isKafka(key)) {
      throw unknown(key, origin);
    }
    settings.put(key, new Sourced(value.strip(), origin));
  }

  /** The setting that an environment variable stands for. */
  private static Optional<String> keyOf(String name) {
    Optional<String> own =
        SettingDefinitions.ALL.names().stream()
            .filter(key -> ConfigKeys.environmentName(key).equals(name))
            .findAny();
    String kafkaPrefix = ConfigKeys.environmentName(KafkaSettings.PREFIX);
    if (own.isPresent() || !name.startsWith(kafkaPrefix)) {
      return own;
    }
    String kafkaName = name.substring(kafkaPrefix.length());
    return Optional.of(
        KafkaSettings.PREFIX
            + KafkaSettings.byEnvironmentName(kafkaName)
                .orElseGet(() -> kafkaName.toLowerCase(Locale.ROOT).replace('_', '.')));
  }

  /** Checks one setting by itself, so that its origin can be named. */
  private static void check(String key, Sourced sourced) {
    try {
      if (isKafka(key)) {
        new KafkaSettings(
            Map.of(key.substring(KafkaSettings.PREFIX.length()), sourced.value()),
            SettingDefinitions.ALL.names());
      } else {
        ConfigDef.ConfigKey definition =
            Objects.requireNonNull(SettingDefinitions.ALL.configKeys().get(key));
        Object value = ConfigDef.parseType(key, sourced.value(), definition.type);
        if (definition.validator != null) {
          definition.validator.ensureValid(key, value);
        }
      }
    } catch (ConfigException e) {
      throw new ConfigException("%s (from %s)".formatted(e.getMessage(), sourced.origin()));
    }
  }

  private static boolean isKafka(String key) {
    return key.startsWith(KafkaSettings.PREFIX) && key.length() > KafkaSettings.PREFIX.length();
  }

  private static String originOf(@Nullable Sourced sourced) {
    return sourced == null ? "the defaults" : sourced.origin();
  }

  private static ConfigException unknown(String key, String origin) {
    String meant = ConfigKeys.closest(key, SettingDefinitions.ALL.names()).orElseThrow();
    return new ConfigException(
        "There is no setting %s (from %s); did you mean %s?".formatted(key, origin, meant));
  }
}
