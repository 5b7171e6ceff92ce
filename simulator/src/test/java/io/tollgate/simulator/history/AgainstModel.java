package io.tollgate.simulator.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tollgate.simulator.model.Options;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The check of an implementation against the reference model: random histories, compared record for
 * record.
 */
public final class AgainstModel {
  private static final int SHRINKING_RUNS = 2_000;

  private final Function<List<String>, List<List<String>>> implementation;
  private final Set<Feature> features;
  private final HistoryComparison comparison;
  private final Options options;

  /**
   * @param implementation input lines to output lines of each input line, and at last the final
   *     balances
   * @param ignoredTypes record types that the implementation does not write yet
   */
  public AgainstModel(
      Function<List<String>, List<List<String>>> implementation,
      Set<Feature> features,
      Set<String> ignoredTypes,
      Options options) {
    this.implementation = implementation;
    this.features = features;
    this.comparison = new HistoryComparison(ignoredTypes);
    this.options = options;
  }

  /** Runs one random history; throws AssertionError with the shrunken history if it fails. */
  public void check(long seed, int operations) {
    List<ObjectNode> history = new HistoryGenerator(seed, operations, features, options).generate();
    if (failureOf(history) == null) {
      return;
    }
    List<ObjectNode> shrunken =
        new Shrinker(candidate -> failureOf(candidate) != null, SHRINKING_RUNS).shrink(history);
    throw new AssertionError("seed " + seed + ": " + failureOf(shrunken));
  }

  /** What is wrong with the implementation's output for a history, or null. */
  @Nullable String failureOf(List<ObjectNode> history) {
    List<List<ObjectNode>> actual;
    try {
      actual =
          implementation.apply(Lines.print(history)).stream()
              .map(lines -> lines.stream().map(Lines::parse).toList())
              .toList();
    } catch (RuntimeException e) {
      return "the implementation failed: "
          + e
          + "\n"
          + String.join("\n", Lines.print(history))
          + "\n";
    }
    HistoryComparison.Difference difference =
        comparison.compare(ModelRun.outputsOf(history, options), actual);
    if (difference != null) {
      return difference.report(history);
    }
    try {
      ModelRun.checkInvariants(history, actual);
      return null;
    } catch (AssertionError violation) {
      return violation.getMessage() + "\n" + String.join("\n", Lines.print(history)) + "\n";
    }
  }
}
