package io.tollgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TollgateTest {

  @Test
  void shouldListEveryExitCodeInItsHelp() {
    CommandRun run = CommandRun.of("--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    for (ExitCode code : ExitCode.values()) {
      assertThat(run.out())
          .containsPattern("(?m)^  %d +\\Q%s\\E".formatted(code.code(), code.meaning()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "topics",
        "topics create",
        "topics list",
        "balance",
        "verify",
        "produce",
        "tail",
        "top",
        "explain",
        "rejected",
        "rejected list",
        "rejected replay",
        "reset",
        "completion"
      })
  void shouldShowExamplesAndExitCodesOfEachCommand(String command) {
    String[] words = command.split(" ", -1);
    String[] args = Arrays.copyOf(words, words.length + 1);
    args[words.length] = "--help";

    CommandRun run = CommandRun.of(args);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("Usage: tollgate " + command)
        .contains("Example", "  tollgate ", "Exit codes:", ExitCode.USAGE.meaning())
        .doesNotContain("--stacktrace");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void shouldPrintItsVersion() {
    CommandRun run = CommandRun.of("--version");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("tollgate ");
  }

  @Test
  void shouldSayWhatIsWrongWithTheUsageInOneLine() {
    CommandRun run = CommandRun.of("balance", "--hlep");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("tollgate: ").contains("see 'tollgate balance --help'");
  }

  @Test
  void shouldRefuseAnUnknownCommand() {
    CommandRun run = CommandRun.of("balanc");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("tollgate: ").contains("balanc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "topics"})
  void shouldAskForACommand(String group) {
    CommandRun run = group.isEmpty() ? CommandRun.of() : CommandRun.of(group);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    assertThat(run.err()).startsWith("tollgate: No command given");
  }

  @Test
  void shouldShowWhereAnErrorComesFromOnlyOnRequest() {
    String[] failing = {"balance", "acme", "--config", "no-such-file"};
    assertThat(CommandRun.of(failing).errLines()).hasSize(1);

    String[] asked = Arrays.copyOf(failing, failing.length + 1);
    asked[failing.length] = "--stacktrace";
    assertThat(CommandRun.of(asked).err()).contains("at io.tollgate.cli.balance.BalanceCommand");
  }
}
