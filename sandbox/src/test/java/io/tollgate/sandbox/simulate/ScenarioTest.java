package io.tollgate.sandbox.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.sandbox.CommandRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each script of {@code docs/scenarios} has the output that stands beside it. */
class ScenarioTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path SCENARIOS = Path.of("..", "docs", "scenarios");
  private static final String SUFFIX = ".jsonl";
  private static final String EXPECTED = ".expected" + SUFFIX;

  static List<String> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(SCENARIOS)) {
      return files
          .map(file -> SCENARIOS.relativize(file).toString())
          .filter(name -> name.endsWith(SUFFIX) && !name.endsWith(EXPECTED))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void shouldWriteWhatIsExpected(String script) throws IOException {
    CommandRun run = CommandRun.of("simulate", SCENARIOS.resolve(script).toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(comparable(run.outLines()))
        .containsExactlyElementsOf(
            comparable(
                Files.readAllLines(SCENARIOS.resolve(script.replace(SUFFIX, EXPECTED)), UTF_8)));
  }

  private static List<JsonNode> comparable(List<String> lines) {
    return lines.stream().map(ScenarioTest::comparable).toList();
  }

  /** Without what the contract leaves free: words for people, and coordinates of causes. */
  private static JsonNode comparable(String line) {
    try {
      JsonNode record = MAPPER.readTree(line);
      if (record.get("value") instanceof ObjectNode value) {
        value.remove(List.of("detail", "remedy", "evidence"));
        if (value.get("cause") instanceof ObjectNode cause) {
          cause.remove(List.of("partition", "offset"));
        }
      }
      return record;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
