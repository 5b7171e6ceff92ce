package io.tollgate.prices;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a CSV file with a header.
 *
 * @param source the file, as errors name it
 * @param line its number in the file, from 1
 * @param values by the name of the column
 */
public record CsvRow(String source, long line, Map<String, String> values) {

  /**
   * The value of a column, without the spaces around it.
   *
   * @throws CsvException if there is none
   */
  public String text(String column) {
    String value = optionalText(column);
    if (value == null) {
      throw wrong(column + " is empty", null);
    }
    return value;
  }

  /**
   * The value of a column, without the spaces around it; null if it is blank.
   *
   * @throws CsvException if there is no such column
   */
  public @Nullable String optionalText(String column) {
    String value = values.get(column);
    if (value == null) {
      throw wrong("has no column " + column, null);
    }
    return value.isBlank() ? null : value.strip();
  }

  /** What to throw about this line. */
  public CsvException wrong(String reason, @Nullable Throwable cause) {
    return new CsvException("%s, line %d: %s".formatted(source, line, reason), cause);
  }
}
