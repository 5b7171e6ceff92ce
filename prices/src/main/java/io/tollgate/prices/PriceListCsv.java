package io.tollgate.prices;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.tollgate.events.ModelPrices;
import io.tollgate.events.PriceRow;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.json.IsoMillis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a price list: CSV with a header, one price a line, columns in any order. The columns are
 * those of the built-in list; others are passed over.
 */
public final class PriceListCsv {

  private static final String BUILT_IN = "price-list.csv";
  private static final int FIRST_LINE = 2;

  /** What must not occur twice, since one of the two prices would be ignored. */
  private record Priced(String model, String meter, String tier, long band, Instant from) {}

  private final String source;
  private final Map<String, List<PriceRow>> rowsByModel = new LinkedHashMap<>();
  private final Map<Priced, Long> lineOf = new HashMap<>();
  private long line;

  private PriceListCsv(String source) {
    this.source = source;
  }

  /**
   * The prices of a file, model by model in the order of the file.
   *
   * @throws PriceListException if it cannot be read, or a line of it makes no sense
   */
  public static List<ModelPrices> read(Path file) {
    try (InputStream input = Files.newInputStream(file)) {
      return new PriceListCsv(file.toString()).read(input);
    } catch (NoSuchFileException e) {
      throw new PriceListException("there is no price list " + file, e);
    } catch (IOException e) {
      throw new PriceListException(
          "cannot read the price list %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The published list prices that come with Tollgate, model by model. */
  public static List<ModelPrices> builtIn() {
    try (InputStream input = PriceListCsv.class.getResourceAsStream(BUILT_IN)) {
      if (input == null) {
        throw new IllegalStateException("the built-in price list is missing from the jar");
      }
      return new PriceListCsv(BUILT_IN).read(input);
    } catch (IOException e) {
      throw new PriceListException("cannot read the built-in price list", e);
    }
  }

  private List<ModelPrices> read(InputStream input) throws IOException {
    TrustedTypes.trust();
    CsvMapper mapper = CsvMapper.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();
    try (MappingIterator<Map<String, String>> rows =
        mapper
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(input)) {
      while (hasNext(rows)) {
        add(rows.next());
      }
    } catch (JacksonException e) {
      throw broken(e);
    } catch (RuntimeJsonMappingException e) {
      throw e.getCause() instanceof JacksonException cause ? broken(cause) : e;
    }
    if (rowsByModel.isEmpty()) {
      throw new PriceListException(
          "%s has no prices; a price list has the columns provider, model, meter, serviceTier, minInputTokens, effectiveFrom and nanosPerMillion"
              .formatted(source),
          null);
    }
    return models();
  }

  /** Also notes the line that comes next: afterwards the parser is past it. */
  private boolean hasNext(MappingIterator<Map<String, String>> rows) throws IOException {
    boolean more = rows.hasNextValue();
    JsonLocation location = rows.getCurrentLocation();
    line = location == null ? FIRST_LINE : location.getLineNr();
    return more;
  }

  private void add(Map<String, String> values) {
    String model = text(values, "model");
    PriceRow row =
        PriceRow.newBuilder()
            .setMeter(text(values, "meter"))
            .setServiceTier(text(values, "serviceTier"))
            .setMinInputTokens(count(values, "minInputTokens"))
            .setNanosPerMillion(count(values, "nanosPerMillion"))
            .setEffectiveFrom(time(values, "effectiveFrom"))
            .build();
    Priced priced =
        new Priced(
            model,
            row.getMeter(),
            row.getServiceTier(),
            row.getMinInputTokens(),
            row.getEffectiveFrom());
    Long before = lineOf.putIfAbsent(priced, line);
    if (before != null) {
      throw wrong("prices the same as line " + before, null);
    }
    rowsByModel.computeIfAbsent(model, name -> new ArrayList<>()).add(row);
  }

  private List<ModelPrices> models() {
    List<ModelPrices> models = new ArrayList<>();
    rowsByModel.forEach(
        (model, rows) ->
            models.add(
                ModelPrices.newBuilder()
                    .setModel(model)
                    .setRows(rows)
                    .setPublishedAt(Instant.EPOCH)
                    .setVersion(1)
                    .build()));
    return models;
  }

  private String text(Map<String, String> values, String column) {
    String value = values.get(column);
    if (value == null) {
      throw wrong("has no column " + column, null);
    }
    if (value.isBlank()) {
      throw wrong(column + " is empty", null);
    }
    return value.strip();
  }

  private long count(Map<String, String> values, String column) {
    String value = text(values, column);
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notNumber(column, value, e);
    }
    throw notNumber(column, value, null);
  }

  private PriceListException notNumber(String column, String value, @Nullable Throwable cause) {
    return wrong("%s is \"%s\", not a whole number from 0".formatted(column, value), cause);
  }

  private Instant time(Map<String, String> values, String column) {
    String value = text(values, column);
    try {
      return IsoMillis.parse(value);
    } catch (IllegalArgumentException e) {
      throw wrong(
          "%s is \"%s\", not a UTC time such as 2026-01-01T00:00:00Z".formatted(column, value), e);
    }
  }

  private PriceListException wrong(String reason, @Nullable Throwable cause) {
    return new PriceListException("%s, line %d: %s".formatted(source, line, reason), cause);
  }

  private PriceListException broken(JacksonException e) {
    JsonLocation location = e.getLocation();
    line = location == null ? line : location.getLineNr();
    return wrong("not CSV: " + e.getOriginalMessage(), e);
  }
}
