package io.tollgate.simulator.history;

import io.tollgate.simulator.model.ModelOptions;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every implementation of the contract must pass: random histories, record for record as the
 * model has them.
 */
abstract class AgainstModelContract {
  private static final int OPERATIONS = 500;

  /** Runs input lines: the output lines of each of them, and at last the final balances. */
  abstract List<List<String>> simulate(List<String> inputLines);

  abstract Set<Feature> features();

  /** Record types that the implementation does not write yet. */
  abstract Set<String> ignoredTypes();

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("tollgate.model.seeds", 100));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void shouldDoWhatTheModelDoes(long seed) {
    new AgainstModel(this::simulate, features(), ignoredTypes(), ModelOptions.fromResources())
        .check(seed, OPERATIONS);
  }
}
