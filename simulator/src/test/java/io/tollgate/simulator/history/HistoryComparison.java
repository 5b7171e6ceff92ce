package io.tollgate.simulator.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of two outputs of the same history, line by line, but for what the contract lets
 * nobody compare.
 */
public final class HistoryComparison {
  private static final List<String> TEXTS = List.of("detail", "remedy", "evidence");
  private static final List<String> BYTES = List.of("sourceValue", "sourceLength");

  private final Set<String> ignoredTypes;

  /**
   * @param ignoredTypes record types that one side does not write yet
   */
  public HistoryComparison(Set<String> ignoredTypes) {
    this.ignoredTypes = new HashSet<>(ignoredTypes);
  }

  /**
   * The first difference, or null.
   *
   * @param expected the output of each input line, and at last the final balances
   */
  public @Nullable Difference compare(
      List<List<ObjectNode>> expected, List<List<ObjectNode>> actual) {
    for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      List<ObjectNode> wanted = i < expected.size() ? compared(expected.get(i)) : List.of();
      List<ObjectNode> found = i < actual.size() ? compared(actual.get(i)) : List.of();
      for (int j = 0; j < Math.max(wanted.size(), found.size()); j++) {
        ObjectNode want = j < wanted.size() ? wanted.get(j) : null;
        ObjectNode got = j < found.size() ? found.get(j) : null;
        if (want == null || !want.equals(got)) {
          return new Difference(i, j, want, got);
        }
      }
    }
    return null;
  }

  private List<ObjectNode> compared(List<ObjectNode> lines) {
    List<ObjectNode> compared = new ArrayList<>();
    for (ObjectNode line : lines) {
      if (!ignoredTypes.contains(line.path("type").asText())) {
        compared.add(comparable(line));
      }
    }
    return compared;
  }

  private static ObjectNode comparable(ObjectNode line) {
    ObjectNode copy = Lines.parse(line.toString()); // so that numbers have one type
    if (copy.get("value") instanceof ObjectNode value) {
      value.remove(TEXTS);
      value.remove(BYTES);
      if (value.get("cause") instanceof ObjectNode cause) {
        cause.remove(List.of("partition", "offset"));
      }
      if (copy.path("type").asText().equals("TrialDecided")) {
        value.remove("reason"); // free text
      }
    }
    return copy;
  }

  /**
   * Where two outputs part.
   *
   * @param input index of the input line; one past the last for the final balances
   * @param output index among the compared output lines of that input
   */
  public record Difference(
      int input, int output, @Nullable ObjectNode expected, @Nullable ObjectNode actual) {

    /** The history as lines that {@code simulate} runs, then where and how the outputs part. */
    public String report(List<ObjectNode> history) {
      StringBuilder report = new StringBuilder("the history, as input of simulate:\n");
      Lines.print(history).forEach(line -> report.append(line).append('\n'));
      report.append("first difference: ");
      if (input < history.size()) {
        report.append("input line ").append(input + 1).append(", ");
      } else {
        report.append("final balances, ");
      }
      report.append("output line ").append(output + 1).append('\n');
      report.append("expected: ").append(expected).append('\n');
      report.append("actual:   ").append(actual).append('\n');
      return report.toString();
    }
  }
}
