package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {

  @Test
  void shouldOfferTheCommandsOfAClusterAndThoseThatNeedNone() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("  run ", "  balance ", "  demo ", "  simulate ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "simulate"})
  void shouldShowExamplesAndExitCodesOfEachCommand(String command) {
    CommandRun run = CommandRun.of(command, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Usage: tollgate " + command)
        .contains("Example", "  tollgate " + command, "Exit codes:");
    assertThat(run.err()).isEmpty();
  }
}
