package io.tollgate.simulator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.simulator.model.ModelOptions;
import io.tollgate.simulator.model.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The harness itself: it passes what is right, and finds, shrinks and shows what is wrong. */
class AgainstModelTest {
  private static final Options OPTIONS = ModelOptions.fromResources();

  @Test
  void shouldGenerateTheSameHistoryFromTheSameSeed() {
    assertThat(history(7)).isEqualTo(history(7)).isNotEqualTo(history(8));
  }

  @Test
  void shouldGenerateLinesInTimeOrder() {
    List<String> times =
        history(3).stream()
            .map(line -> line.path(line.has("topic") ? "timestamp" : "advanceTo").asText())
            .toList();
    assertThat(times).isSorted();
  }

  @Test
  void shouldPassTheModelItself() {
    AgainstModel check = againstModel(line -> line);
    assertThatCode(() -> check.check(1, 300)).doesNotThrowAnyException();
  }

  @Test
  void shouldIgnorePartitionOffsetAndFreeText() {
    AgainstModel check =
        againstModel(
            line -> {
              ObjectNode value = line.withObjectProperty("value");
              if (value.has("cause")) {
                value.withObjectProperty("cause").put("partition", 7).put("offset", 99);
              }
              if (value.has("detail")) {
                value.put("detail", "another text");
              }
              return line;
            });
    assertThatCode(() -> check.check(2, 200)).doesNotThrowAnyException();
  }

  @Test
  void shouldShrinkAndShowWhatDiffers() {
    AgainstModel check =
        againstModel(
            line -> {
              ObjectNode value = line.withObjectProperty("value");
              if (value.path("type").asText().equals("LOW_BALANCE")) {
                value.put("levelNanos", 42);
              }
              return line;
            });
    assertThatThrownBy(() -> check.check(5, 300))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("first difference: input line")
        .hasMessageContaining("LOW_BALANCE")
        .satisfies(
            failure ->
                assertThat(
                        String.valueOf(failure.getMessage())
                            .lines()
                            .filter(line -> line.contains("\"topic\"")))
                    .as("a purchase, a usage with its prices, and the two sides of the difference")
                    .hasSizeLessThan(9));
  }

  @Test
  void shouldFindViolatedInvariants() {
    List<ObjectNode> history = history(1);
    List<List<ObjectNode>> outputs = ModelRun.outputsOf(history, OPTIONS);
    for (List<ObjectNode> lines : outputs) {
      lines.removeIf(line -> line.path("value").path("version").asLong() == 3);
    }
    assertThatThrownBy(() -> ModelRun.checkInvariants(history, outputs))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a gap in the versions");
  }

  private static List<ObjectNode> history(long seed) {
    return new HistoryGenerator(seed, 200, Feature.all(), OPTIONS).generate();
  }

  /** The model as an implementation, with each of its output lines changed. */
  private static AgainstModel againstModel(UnaryOperator<ObjectNode> change) {
    return new AgainstModel(
        lines -> {
          List<ObjectNode> history = lines.stream().map(Lines::parse).toList();
          List<List<String>> outputs = new ArrayList<>();
          for (List<ObjectNode> output : ModelRun.outputsOf(history, OPTIONS)) {
            outputs.add(
                Lines.print(
                    output.stream()
                        .map(line -> line.path("value").isNull() ? line : change.apply(line))
                        .toList()));
          }
          return outputs;
        },
        Feature.mainJob(),
        Set.of(),
        OPTIONS);
  }
}
