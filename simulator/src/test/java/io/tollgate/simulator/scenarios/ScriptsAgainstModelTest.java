package io.tollgate.simulator.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.simulator.history.HistoryComparison;
import io.tollgate.simulator.history.ModelRun;
import io.tollgate.simulator.model.ModelOptions;
import io.tollgate.simulator.model.Options;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The expected output of each script is what the reference model makes of it. */
class ScriptsAgainstModelTest {

  private static final Options OPTIONS = ModelOptions.fromResources();

  static List<Script> scripts() {
    return Script.all();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void shouldExpectWhatTheModelDoes(Script script) {
    List<ObjectNode> history = script.history();
    List<List<ObjectNode>> outputs = ModelRun.outputsOf(history, OPTIONS);

    assertThat(
            new HistoryComparison(Set.of())
                .compare(
                    List.of(outputs.stream().flatMap(List::stream).toList()),
                    List.of(script.expected())))
        .isNull();
    ModelRun.checkInvariants(history, outputs);
  }
}
