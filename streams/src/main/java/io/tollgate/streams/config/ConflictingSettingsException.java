package io.tollgate.streams.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/** Each setting is fine by itself, but not with the others. */
public final class ConflictingSettingsException extends ConfigException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> keys;

  ConflictingSettingsException(List<String> keys, String message) {
    super(message);
    this.keys = List.copyOf(keys);
  }

  /** The settings that contradict each other. */
  public List<String> keys() {
    return keys;
  }
}
