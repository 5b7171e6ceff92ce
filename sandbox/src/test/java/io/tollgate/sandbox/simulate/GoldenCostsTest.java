package io.tollgate.sandbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.tollgate.prices.PriceListCsv;
import io.tollgate.sandbox.CommandRun;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenCostsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

  @TempDir Path directory;
  private Path prices = Path.of("");

  @BeforeEach
  void copyPriceList() throws IOException {
    prices = directory.resolve("price-list.csv");
    try (InputStream list = PriceListCsv.class.getResourceAsStream("price-list.csv")) {
      Files.copy(Objects.requireNonNull(list), prices, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  static Stream<Map<String, String>> cases() throws IOException {
    try (InputStream file = GoldenCostsTest.class.getResourceAsStream("golden-costs.csv");
        MappingIterator<Map<String, String>> rows =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(file)) {
      return rows.readAll().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldDebitTheExactCostWhateverIsCarried(Map<String, String> row) {
    BigInteger exact = new BigInteger(column(row, "exactCostMillionthsOfNano"));

    List<Long> debits = debits(row, 3);

    assertThat(debits).hasSize(3);
    BigInteger total = BigInteger.ZERO;
    for (int i = 0; i < debits.size(); i++) {
      total = total.add(BigInteger.valueOf(debits.get(i)));
      assertThat(total).isEqualTo(exact.multiply(BigInteger.valueOf(i + 1)).divide(MILLION));
    }
  }

  @Test
  void shouldCarryFractionsOfANanoUntilTheyMakeOne() throws IOException {
    Map<String, String> row =
        cases()
            .filter(candidate -> column(candidate, "case").equals("V6"))
            .findFirst()
            .orElseThrow();

    // 3.625 each: 3 and 0.625 carried, then 4.25, 3.875, 4.5, 4.125, 3.75, 4.375, 4.
    assertThat(debits(row, 8)).containsExactly(3L, 4L, 3L, 4L, 4L, 3L, 4L, 4L);
  }

  private List<Long> debits(Map<String, String> row, int times) {
    CommandRun run =
        CommandRun.withInput(input(row, times), "simulate", "-", "--prices", prices.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<Long> debits = new ArrayList<>();
    for (String line : run.outLines()) {
      JsonNode value = parse(line).path("value");
      if (value.path("type").asText().equals("USAGE")) {
        debits.add(-value.path("amountNanos").longValue());
      }
    }
    return debits;
  }

  private static String input(Map<String, String> row, int times) {
    String time = column(row, "occurredAt");
    StringBuilder lines = new StringBuilder();
    lines.append(
        """
        {"topic":"payment-events","timestamp":"%1$s","type":"PaymentSucceeded","value":{\
        "paymentId":"p","accountId":"a","amountNanos":1000000000000,"currency":"USD",\
        "occurredAt":"%1$s"}}
        """
            .formatted(time));
    for (int i = 0; i < times; i++) {
      lines.append(
          """
          {"topic":"usage-events","timestamp":"%1$s","value":{"eventId":"u-%2$d","accountId":"a",\
          "occurredAt":"%1$s","model":"%3$s","serviceTier":"%4$s","inputTokens":%5$s,\
          "cachedInputTokens":%6$s,"cacheWriteTokens":%7$s,"outputTokens":%8$s}}
          """
              .formatted(
                  time,
                  i,
                  column(row, "model"),
                  column(row, "serviceTier"),
                  column(row, "inputTokens"),
                  column(row, "cachedInputTokens"),
                  column(row, "cacheWriteTokens"),
                  column(row, "outputTokens")));
    }
    return lines.toString();
  }

  private static String column(Map<String, String> row, String name) {
    return Objects.requireNonNull(row.get(name), name);
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
