package io.tollgate.simulator.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.domain.RuleSettings;
import io.tollgate.simulator.LineParser;
import io.tollgate.simulator.OutputRecord;
import io.tollgate.simulator.Simulator;
import io.tollgate.streams.config.DeclineFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each row of the table in {@code docs/auto-recharge.md} has a script: how the account comes into
 * the state, what happens, and what shows the next state.
 */
class RechargeScriptsTest {

  private static final Pattern ROW =
      Pattern.compile(
          "\\| ([A-Z]+) \\| \\[?([a-z ]+)(?:]\\(scenarios/(\\S+)\\))? \\| ([A-Z]+) \\| (.*?)\\s*\\|");

  private static final Set<String> TO_THE_CUSTOMER =
      Set.of("CONTACT_ISSUER", "CUSTOMER_ACTION_REQUIRED");

  /**
   * @param script empty if the state is over before anything else can happen
   */
  private record Row(String state, String event, String script, String next, List<String> told) {
    @Override
    public String toString() {
      return state + ", " + event;
    }
  }

  private static final Map<String, Row> TABLE = table();

  private static Map<String, Row> table() {
    Map<String, Row> table = new LinkedHashMap<>();
    for (String line : Script.read("../auto-recharge.md").lines().toList()) {
      Matcher cell = ROW.matcher(line);
      if (cell.matches()) {
        Row row =
            new Row(
                cell.group(1),
                cell.group(2),
                Objects.requireNonNullElse(cell.group(3), ""),
                cell.group(4),
                requestsAndAlerts(cell.group(5)));
        table.put(row.toString(), row);
      }
    }
    return table;
  }

  /** Claims are no output, and words in brackets are for people. */
  private static List<String> requestsAndAlerts(String told) {
    return Arrays.stream(told.split(", ", -1)).filter(word -> word.matches("[A-Z_]+")).toList();
  }

  static List<Row> rows() {
    return TABLE.values().stream().filter(row -> !row.script().isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void shouldShowWhatTheRowSays(Row row) {
    List<List<String>> told = told(Script.named(row.script()));

    assertThat(told).as("how it comes there, what happens, what shows the next state").hasSize(3);
    assertThat(told.get(1)).isEqualTo(toldInSimulation(row));
    showNextState(row, told.get(2));
  }

  /** A claim is answered at once, so that what it would tell without card comes at once, too. */
  private static List<String> toldInSimulation(Row row) {
    return row.next().equals("CLAIMING")
        ? Objects.requireNonNull(TABLE.get(row + " without card")).told()
        : row.told();
  }

  private static void showNextState(Row row, List<String> shown) {
    switch (row.next()) {
      case "ARMED", "CUSTOMER" ->
          assertThat(shown).first().isIn("BELOW_THRESHOLD", "DENIED_FOR_CREDIT");
      case "CLAIMING", "PENDING" -> assertThat(shown).first().isEqualTo("UNKNOWN_OUTCOME");
      case "COOLDOWN" ->
          assertThat(shown)
              .first()
              .isEqualTo(row.event().equals("refused") ? "BELOW_THRESHOLD" : "RETRY_AFTER_DECLINE");
      case "OFF", "STALLED", "STOPPED" -> assertThat(shown).isEmpty();
      default -> throw new IllegalArgumentException(row.next());
    }
  }

  @Test
  void shouldHaveAScriptForEveryRowThatASimulationCanShow() {
    assertThat(TABLE.values())
        .hasSizeGreaterThan(60)
        .allSatisfy(
            row -> {
              String name = row.state() + "-" + row.event().replace(' ', '-');
              if (!row.script().isEmpty()) {
                assertThat(row.script())
                    .isEqualTo("auto-recharge/%s.jsonl", name.toLowerCase(Locale.ROOT));
              } else {
                assertThat(row.state()).isEqualTo("CLAIMING");
              }
            });
  }

  /** What each paragraph of a script tells about recharges: reasons of requests, and alerts. */
  private static List<List<String>> told(Script script) {
    try (Simulator simulator = new Simulator(RuleSettings.defaults(DeclineFile.shipped()))) {
      List<List<String>> told = new ArrayList<>();
      for (List<String> paragraph : script.paragraphs()) {
        List<String> now = new ArrayList<>();
        for (String line : paragraph) {
          simulator.step(LineParser.parse(line)).forEach(output -> addTold(output, now));
        }
        told.add(now);
      }
      return told;
    }
  }

  private static void addTold(OutputRecord output, List<String> told) {
    ObjectNode record = output.toJson();
    JsonNode value = record.path("value");
    String alert = value.path("type").asText();
    switch (record.path("type").asText()) {
      case "RechargeRequested" -> told.add(value.path("reason").asText());
      case "BalanceAlert" -> {
        if (alert.startsWith("RECHARGE_") || TO_THE_CUSTOMER.contains(alert)) {
          told.add(alert);
        }
      }
      default -> {}
    }
  }
}
