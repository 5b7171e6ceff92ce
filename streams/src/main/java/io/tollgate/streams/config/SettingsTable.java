package io.tollgate.streams.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;

/** Settings as a table in Markdown, for the documentation. */
final class SettingsTable {

  private SettingsTable() {}

  /** One row a setting, in the order of their definition. */
  static String markdown(ConfigDef definition) {
    StringBuilder table =
        new StringBuilder(
            """
            | Setting | Kind | Default | Allowed | Meaning |
            |---|---|---|---|---|
            """);
    for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
      table.append(row(key));
    }
    return table.toString();
  }

  private static String row(ConfigDef.ConfigKey key) {
    String kind = key.type.name().toLowerCase(Locale.ROOT);
    String allowed = "";
    if (key.validator instanceof Settings.Kind validator) {
      kind = validator.kind();
      allowed = validator.allowed();
    }
    return "| `%s` | %s | %s | %s | %s |%n"
        .formatted(key.name, kind, defaultOf(key), allowed, key.documentation)
        .replace(System.lineSeparator(), "\n");
  }

  private static String defaultOf(ConfigDef.ConfigKey key) {
    String text =
        key.defaultValue instanceof List<?> list
            ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
            : String.valueOf(key.defaultValue);
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
