package io.tollgate.streams.config;

import io.tollgate.domain.DeclineTable;
import io.tollgate.domain.DeclineTable.Code;
import io.tollgate.domain.DeclineTable.Decline;
import io.tollgate.domain.DeclineTable.DeclineClass;
import io.tollgate.domain.DeclineTable.Field;
import io.tollgate.prices.CsvException;
import io.tollgate.prices.CsvFile;
import io.tollgate.prices.CsvRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what each decline code asks for: CSV with a header and the columns field, code, class and
 * delay, one code a line.
 */
public final class DeclineFile {

  private static final String SHIPPED = "declines.csv";

  private static final Map<String, Field> FIELDS =
      Map.of(
          "networkAdviceCode", Field.NETWORK_ADVICE_CODE,
          "adviceCode", Field.ADVICE_CODE,
          "declineCode", Field.DECLINE_CODE);

  private static final Map<String, DeclineClass> CLASSES =
      Arrays.stream(DeclineClass.values())
          .collect(Collectors.toUnmodifiableMap(DeclineClass::name, value -> value));

  // A slip of the keyboard should not put a recharge off for years.
  private static final Duration LONGEST_DELAY = Duration.ofDays(366);

  private final Map<Code, Decline> declines = new HashMap<>();
  private final Map<Code, Long> lineOf = new HashMap<>();

  private DeclineFile() {}

  /** The codes that come with Tollgate. */
  public static DeclineTable shipped() {
    try (InputStream input = DeclineFile.class.getResourceAsStream(SHIPPED)) {
      if (input == null) {
        throw new IllegalStateException("the shipped decline codes are missing from the jar");
      }
      return new DeclineFile().read(SHIPPED, input);
    } catch (IOException e) {
      throw new CsvException("cannot read the shipped decline codes", e);
    }
  }

  /**
   * The codes of a file, in place of the shipped ones.
   *
   * @throws CsvException if it cannot be read, or a line of it makes no sense
   */
  public static DeclineTable read(Path file) {
    try (InputStream input = Files.newInputStream(file)) {
      return new DeclineFile().read(file.toString(), input);
    } catch (NoSuchFileException e) {
      throw new CsvException("there is no file " + file, e);
    } catch (IOException e) {
      throw new CsvException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private DeclineTable read(String source, InputStream input) throws IOException {
    CsvFile.read(source, input, this::add);
    if (declines.isEmpty()) {
      throw new CsvException(
          source + " has no codes; it needs the columns field, code, class and delay", null);
    }
    return new DeclineTable(declines);
  }

  private void add(CsvRow row) {
    Code code = new Code(oneOf(row, "field", FIELDS), row.text("code"));
    DeclineClass declineClass = oneOf(row, "class", CLASSES);
    String delay = row.optionalText("delay");
    boolean isRetried = declineClass == DeclineClass.RETRY || declineClass == DeclineClass.ISSUER;
    if (delay != null && !isRetried) {
      throw row.wrong(
          "delay is \"%s\", but %s is not tried again; leave it empty"
              .formatted(delay, declineClass),
          null);
    }
    Long before = lineOf.putIfAbsent(code, row.line());
    if (before != null) {
      throw row.wrong("classes the same code as line " + before, null);
    }
    declines.put(code, new Decline(declineClass, delay == null ? null : millis(row, delay)));
  }

  private static <T> T oneOf(CsvRow row, String column, Map<String, T> known) {
    String name = row.text(column);
    T value = known.get(name);
    if (value == null) {
      throw row.wrong(
          "%s is \"%s\", not one of %s"
              .formatted(column, name, known.keySet().stream().sorted().toList()),
          null);
    }
    return value;
  }

  private static long millis(CsvRow row, String text) {
    try {
      Duration delay = Settings.duration(text);
      if (delay.toMillis() > 0 && delay.compareTo(LONGEST_DELAY) <= 0) {
        return delay.toMillis();
      }
    } catch (IllegalArgumentException e) {
      throw notDelay(row, text, e);
    }
    throw notDelay(row, text, null);
  }

  private static CsvException notDelay(CsvRow row, String text, @Nullable Throwable cause) {
    return row.wrong(
        "delay is \"%s\", not a duration such as PT1H or P2D, above 0 and at most %s"
            .formatted(text, LONGEST_DELAY),
        cause);
  }
}
