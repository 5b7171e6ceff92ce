package io.tollgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {

  @TempDir Path directory;

  @ParameterizedTest
  @DisabledOnOs(OS.WINDOWS) // it is a script for bash
  @CsvSource({
    "tollgate veri, verify",
    "tollgate topics c, create",
    "tollgate tail --from, --from-beginning",
    "tollgate completion Z, ZSH"
  })
  void shouldCompleteInBash(String typed, String completed) throws Exception {
    Path script = Files.writeString(directory.resolve("script"), script("bash"));

    assertThat(complete(script, typed)).containsExactly(completed);
  }

  @Test
  void shouldTurnZshsOwnCompletionOnFirst() {
    assertThat(script("zsh").lines().limit(2))
        .containsExactly(
            "autoload -U +X compinit && compinit -u",
            "autoload -U +X bashcompinit && bashcompinit");
    assertThat(script("zsh")).endsWith(script("bash"));
  }

  @Test
  void shouldRefuseAnotherShell() {
    CommandRun run = CommandRun.of("completion", "fish");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("fish", "BASH, ZSH");
  }

  private static String script(String shell) {
    CommandRun run = CommandRun.of("completion", shell);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  /** What bash offers for the last of these words. */
  private static List<String> complete(Path script, String typed)
      throws IOException, InterruptedException {
    String commands =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='%s'; "
                .formatted(script, typed, typed)
            + "_complete_tollgate 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder("bash", "--norc", "-c", commands).redirectErrorStream(true).start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return out.lines().map(String::strip).toList();
  }
}
