package io.tollgate.prices;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;

/** Reads CSV with a header, columns in any order, empty lines passed over. */
public final class CsvFile {

  private static final int FIRST_LINE = 2;

  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();

  private final String source;
  private long line;

  private CsvFile(String source) {
    this.source = source;
  }

  /**
   * Hands out one row after the other.
   *
   * @param source the file, as errors name it
   * @throws CsvException if a line is no CSV; or what the taker throws about a row
   */
  public static void read(String source, InputStream input, Consumer<CsvRow> taker)
      throws IOException {
    new CsvFile(source).read(input, taker);
  }

  private void read(InputStream input, Consumer<CsvRow> taker) throws IOException {
    try (MappingIterator<Map<String, String>> rows =
        MAPPER
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(input)) {
      while (hasNext(rows)) {
        taker.accept(new CsvRow(source, line, rows.next()));
      }
    } catch (JacksonException e) {
      throw broken(e);
    } catch (RuntimeJsonMappingException e) {
      throw e.getCause() instanceof JacksonException cause ? broken(cause) : e;
    }
  }

  /** Also notes the line that comes next: afterwards the parser is past it. */
  private boolean hasNext(MappingIterator<Map<String, String>> rows) throws IOException {
    boolean more = rows.hasNextValue();
    JsonLocation location = rows.getCurrentLocation();
    line = location == null ? FIRST_LINE : location.getLineNr();
    return more;
  }

  private CsvException broken(JacksonException e) {
    JsonLocation location = e.getLocation();
    long at = location == null ? line : location.getLineNr();
    return new CsvRow(source, at, Map.of()).wrong("not CSV: " + e.getOriginalMessage(), e);
  }
}
