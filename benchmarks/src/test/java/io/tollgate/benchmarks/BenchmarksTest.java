package io.tollgate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.consumers.gate.CheckBenchmark;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark runs, once and in small: it says nothing of times. */
class BenchmarksTest {

  @Test
  void shouldCheck() throws RunnerException {
    assertThat(once(CheckBenchmark.class, "accounts", "100")).hasSize(2);
  }

  @Test
  void shouldDecide() throws RunnerException {
    assertThat(once(DecideBenchmark.class, "holds", "10")).hasSize(3);
  }

  private static Collection<RunResult> once(Class<?> benchmark, String name, String value)
      throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(benchmark.getName())
                .param(name, value)
                .mode(Mode.SingleShotTime)
                .warmupIterations(0)
                .measurementIterations(1)
                .forks(0)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }
}
