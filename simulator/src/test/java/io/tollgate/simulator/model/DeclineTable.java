package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The class of every known decline and advice code, read from a CSV file (§7). */
final class DeclineTable {
  private static final List<String> FIELDS =
      List.of("networkAdviceCode", "adviceCode", "declineCode");

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  DeclineTable(Path csv) {
    try {
      for (String line : Files.readAllLines(csv).subList(1, Files.readAllLines(csv).size())) {
        String[] cells = line.split(",", -1);
        Long delay = cells[3].isEmpty() ? null : Duration.parse(cells[3]).toMillis();
        entries.put(cells[0] + ":" + cells[1], new Entry(cells[2], delay));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entry of the first known code of a failed payment; null where none is known. */
  @Nullable Entry classify(JsonNode event) {
    for (String field : FIELDS) {
      Entry entry = entries.get(field + ":" + Fields.text(event, field));
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  /**
   * What to do about a code.
   *
   * @param delayMillis null for the default delay
   */
  record Entry(String kind, @Nullable Long delayMillis) {}
}
