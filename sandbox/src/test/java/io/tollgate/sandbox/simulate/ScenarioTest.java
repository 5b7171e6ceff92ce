package io.tollgate.sandbox.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.sandbox.CommandRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The expected records were derived from the contract by hand. */
class ScenarioTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void shouldLeadFromTheGateThroughTheAlertsToTheRecharge() {
    CommandRun run = CommandRun.withInput(resource("gate-to-recharge.jsonl"), "simulate", "-");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(comparable(run.outLines()))
        .containsExactlyElementsOf(
            comparable(resource("gate-to-recharge.expected.jsonl").lines().toList()));
  }

  private static List<JsonNode> comparable(List<String> lines) {
    return lines.stream().map(ScenarioTest::comparable).toList();
  }

  /** Without what the contract leaves free: words for people, and coordinates of causes. */
  private static JsonNode comparable(String line) {
    try {
      JsonNode record = MAPPER.readTree(line);
      if (record.get("value") instanceof ObjectNode value) {
        value.remove(List.of("detail", "remedy"));
        if (value.get("cause") instanceof ObjectNode cause) {
          cause.remove(List.of("partition", "offset"));
        }
      }
      return record;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    try (InputStream input = Objects.requireNonNull(ScenarioTest.class.getResourceAsStream(name))) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
