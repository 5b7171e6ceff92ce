package io.tollgate.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.simulator.history.Events;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The published golden costs, exact to the millionth of a nano. */
class GoldenCostsTest {
  private static final List<String> TOKENS =
      List.of("inputTokens", "cachedInputTokens", "cacheWriteTokens", "outputTokens");

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "golden-costs.csv", numLinesToSkip = 1)
  void shouldCostExactly(ArgumentsAccessor row) throws IOException {
    String occurredAt = iso(row.getString(3));
    Scenario scenario = new Scenario().at(occurredAt);
    priceList()
        .values()
        .forEach(prices -> scenario.modelRecord("price-book", "ModelPrices", prices));
    ObjectNode usage = Events.usage("e", Scenario.ORG, occurredAt, row.getString(1));
    usage.put("serviceTier", row.getString(2));
    for (int i = 0; i < TOKENS.size(); i++) {
      usage.put(TOKENS.get(i), row.getLong(4 + i));
    }

    JsonNode entry = scenario.purchase("p", 10 * Scenario.DOLLAR).usage(usage).the("LedgerEntry");

    BigInteger exact = BigInteger.ZERO;
    for (JsonNode line : entry.path("lines")) {
      exact =
          exact.add(
              BigInteger.valueOf(line.path("quantity").asLong())
                  .multiply(BigInteger.valueOf(line.path("nanosPerMillion").asLong())));
    }
    assertThat(exact).isEqualTo(new BigInteger(row.getString(8)));
    assertThat(BigInteger.valueOf(-entry.path("amountNanos").asLong()))
        .isEqualTo(exact.divide(BigInteger.valueOf(1_000_000)));
  }

  private static Map<String, ObjectNode> priceList() throws IOException {
    Map<String, ObjectNode> models = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(ModelOptions.resource("price-list.csv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      ObjectNode prices =
          models.computeIfAbsent(
              cells[1], model -> Events.prices(model, "2025-01-01T00:00:00.000Z", List.of()));
      Events.addRow(
          prices,
          cells[2],
          cells[3],
          Long.parseLong(cells[4]),
          Long.parseLong(cells[6]),
          iso(cells[5]));
    }
    return models;
  }

  private static String iso(String time) {
    return Times.iso(Instant.parse(time).toEpochMilli());
  }
}
