package io.tollgate.sandbox.demo.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recorded trace of requests: CSV with the columns of the Azure LLM inference traces, one request
 * a line, in the order of time.
 */
public final class TraceFile {

  private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";
  private static final int COLUMNS = 3;
  // More than any model takes; keeps the planned cost of a request inside a long.
  private static final long MAX_TOKENS = 10_000_000;

  private final Path file;
  private final List<RequestSize> sizes = new ArrayList<>();
  private @Nullable LocalDateTime first;
  private int lineNumber;

  private TraceFile(Path file) {
    this.file = file;
  }

  /**
   * The requests of a trace.
   *
   * @param limit how many at most; later lines are not looked at
   * @throws TraceException with the line's number if the file is no such trace
   */
  public static List<RequestSize> read(Path file, int limit) {
    TraceFile trace = new TraceFile(file);
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      trace.read(reader, limit);
    } catch (NoSuchFileException e) {
      throw new TraceException("there is no trace " + file, e);
    } catch (CharacterCodingException e) {
      throw trace.wrong("is not text in UTF-8", e);
    } catch (IOException e) {
      throw new TraceException("cannot read the trace %s: %s".formatted(file, e.getMessage()), e);
    }
    if (trace.sizes.isEmpty()) {
      throw new TraceException("the trace %s holds no requests".formatted(file), null);
    }
    return trace.sizes;
  }

  private void read(BufferedReader reader, int limit) throws IOException {
    lineNumber = 1;
    String header = reader.readLine();
    if (header == null || !header.strip().equals(HEADER)) {
      throw wrong("is not the header " + HEADER, null);
    }
    while (sizes.size() < limit) {
      lineNumber++;
      String line = reader.readLine();
      if (line == null) {
        return;
      }
      if (!line.isBlank()) {
        sizes.add(parse(line.strip()));
      }
    }
  }

  private RequestSize parse(String line) {
    String[] columns = line.split(",", -1);
    if (columns.length != COLUMNS) {
      throw wrong("has %d columns instead of %d".formatted(columns.length, COLUMNS), null);
    }
    return new RequestSize(
        at(columns[0]), tokens("ContextTokens", columns[1]), tokens("GeneratedTokens", columns[2]));
  }

  private long at(String timestamp) {
    LocalDateTime time;
    try {
      time = LocalDateTime.parse(timestamp.replace(' ', 'T'));
    } catch (DateTimeParseException e) {
      throw wrong(
          "TIMESTAMP is \"%s\", not a time such as 2023-11-16 18:15:46.6805900"
              .formatted(timestamp),
          e);
    }
    if (first == null) {
      first = time;
    }
    long at = first.until(time, ChronoUnit.NANOS);
    if (at < (sizes.isEmpty() ? 0 : sizes.get(sizes.size() - 1).atNanos())) {
      throw wrong("TIMESTAMP %s is before that of the line above".formatted(timestamp), null);
    }
    return at;
  }

  private long tokens(String column, String value) {
    long tokens;
    try {
      tokens = Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw notTokens(column, value, e);
    }
    if (tokens < 0 || tokens > MAX_TOKENS) {
      throw notTokens(column, value, null);
    }
    return tokens;
  }

  private TraceException notTokens(String column, String value, @Nullable Throwable cause) {
    return wrong(
        "%s is \"%s\", not a whole number from 0 to %d".formatted(column, value, MAX_TOKENS),
        cause);
  }

  private TraceException wrong(String reason, @Nullable Throwable cause) {
    return new TraceException("%s, line %d: %s".formatted(file, lineNumber, reason), cause);
  }
}
