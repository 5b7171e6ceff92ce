package io.tollgate.prices;

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

  /** What must not occur twice, since one of the two prices would be ignored. */
  private record Priced(String model, String meter, String tier, long band, Instant from) {}

  private final String source;
  private final Map<String, List<PriceRow>> rowsByModel = new LinkedHashMap<>();
  private final Map<Priced, Long> lineOf = new HashMap<>();

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
    try {
      CsvFile.read(source, input, this::add);
    } catch (CsvException e) {
      throw new PriceListException(String.valueOf(e.getMessage()), e);
    }
    if (rowsByModel.isEmpty()) {
      throw new PriceListException(
          "%s has no prices; a price list has the columns provider, model, meter, serviceTier, minInputTokens, effectiveFrom and nanosPerMillion"
              .formatted(source),
          null);
    }
    return models();
  }

  private void add(CsvRow csv) {
    String model = csv.text("model");
    PriceRow row =
        PriceRow.newBuilder()
            .setMeter(csv.text("meter"))
            .setServiceTier(csv.text("serviceTier"))
            .setMinInputTokens(count(csv, "minInputTokens"))
            .setNanosPerMillion(count(csv, "nanosPerMillion"))
            .setEffectiveFrom(time(csv, "effectiveFrom"))
            .build();
    Priced priced =
        new Priced(
            model,
            row.getMeter(),
            row.getServiceTier(),
            row.getMinInputTokens(),
            row.getEffectiveFrom());
    Long before = lineOf.putIfAbsent(priced, csv.line());
    if (before != null) {
      throw csv.wrong("prices the same as line " + before, null);
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

  private static long count(CsvRow row, String column) {
    String value = row.text(column);
    try {
      long number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notNumber(row, column, value, e);
    }
    throw notNumber(row, column, value, null);
  }

  private static CsvException notNumber(
      CsvRow row, String column, String value, @Nullable Throwable cause) {
    return row.wrong("%s is \"%s\", not a whole number from 0".formatted(column, value), cause);
  }

  private static Instant time(CsvRow row, String column) {
    String value = row.text(column);
    try {
      return IsoMillis.parse(value);
    } catch (IllegalArgumentException e) {
      throw row.wrong(
          "%s is \"%s\", not a UTC time such as 2026-01-01T00:00:00Z".formatted(column, value), e);
    }
  }
}
