package io.tollgate.sandbox.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.sandbox.CommandRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of README, CONTRIBUTING and docs works: blocks are run by a shell, against a broker
 * with topics; {@code ./mvnw} inside of them is checked for modules and tests that exist, because
 * it is what runs this test.
 */
@DisabledOnOs(OS.WINDOWS) // the blocks are for a Unix shell
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** A command in running text or in a table, up to its first argument in capitals. */
  private static final Pattern INLINE = Pattern.compile("`(?:\\./)?tollgate ([a-z][a-z -]*)[^`]*`");

  private static final String TOLLGATE =
      """
      #!/bin/sh
      # The demo at full length is the README's first command, which CI runs by itself.
      [ "$1" != demo ] || set -- "$@" --requests 200 --accounts 5
      exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' io.tollgate.sandbox.Sandbox "$@"
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      for argument in "$@"; do
        case $argument in
          -pl) next=modules ;;
          -D*test=none) ;;
          -D*test=*) [ -n "$(find -L . -name "${argument#*test=}.java" -print -quit)" ] || { echo "no test ${argument#*=}"; exit 1; } ;;
          *) if [ "${next:-}" = modules ]; then
               for module in $(echo "$argument" | tr , ' '); do [ -f "$module/pom.xml" ] || { echo "no module $module"; exit 1; }; done
               next=
             fi ;;
        esac
      done
      """;

  private static final EmbeddedKafka KAFKA = EmbeddedKafka.builder().build();

  @TempDir static Path directory;

  /** A checkout as it looks from a shell, with a command that is built already. */
  @BeforeAll
  static void layOut() throws IOException {
    try (Stream<Path> entries = Files.list(ROOT)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (!Set.of("tollgate", "mvnw", "target").contains(name)) {
          Files.createSymbolicLink(directory.resolve(name), entry);
        }
      }
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    script("tollgate", TOLLGATE.formatted(java, System.getProperty("java.class.path")));
    script("mvnw", MAVEN);
    KAFKA.start();
    assertThat(
            CommandRun.of("topics", "create", "-b", KAFKA.bootstrapServers(), "--partitions", "2")
                .exitCode())
        .isZero();
  }

  @AfterAll
  static void stop() {
    KAFKA.close();
  }

  private static void script(String name, String text) throws IOException {
    File file = Files.writeString(directory.resolve(name), text).toFile();
    assertThat(file.setExecutable(true)).isTrue();
  }

  static List<ShellBlock> blocks() throws IOException {
    return ShellBlock.of(ROOT);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void shouldRun(ShellBlock block) throws Exception {
    Path output = directory.resolve("output-" + block.line());
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", block.script())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    shell.environment().put("TOLLGATE_BOOTSTRAP_SERVERS", KAFKA.bootstrapServers());

    Process process = shell.start();

    try {
      assertThat(process.waitFor()).as(() -> read(output)).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void shouldNameOnlyCommandsThatExist() throws IOException {
    Set<String> commands = new TreeSet<>();
    for (Path page : ShellBlock.pages(ROOT)) {
      Matcher command = INLINE.matcher(read(page));
      while (command.find()) {
        commands.add(command.group(1).strip());
      }
    }

    assertThat(commands).contains("run", "simulate", "balance");
    assertThat(commands)
        .allSatisfy(
            command -> {
              List<String> words = new ArrayList<>(Arrays.asList(command.split(" +", -1)));
              words.removeIf(word -> word.startsWith("-"));
              words.add("--help");
              assertThat(CommandRun.of(words.toArray(String[]::new)).exitCode())
                  .as(command)
                  .isZero();
            });
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }
}
