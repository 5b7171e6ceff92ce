package io.tollgate.sandbox;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a JDK and a Maven that only write down what they are asked. */
@DisabledOnOs(OS.WINDOWS) // it is a script for bash
class LauncherTest {

  private static final List<String> MODULES = List.of("domain", "sandbox");

  private record Ended(int exitCode, String out, String err) {}

  @TempDir Path directory;
  private Path home = Path.of("");
  private Path jdk = Path.of("");

  @BeforeEach
  void layOut() throws IOException {
    home = Files.createDirectories(directory.resolve("with space/home"));
    jdk = directory.resolve("jdk");
    Files.copy(
        Path.of("..", "tollgate"), home.resolve("tollgate"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(
        home.resolve("pom.xml"),
        MODULES.stream().map("    <module>%s</module>\n"::formatted).collect(joining()));
    for (String module : MODULES) {
      Path sources = Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(sources.resolve("Source"), "");
      Files.writeString(home.resolve(module).resolve("pom.xml"), "");
    }
    script(
        home.resolve("mvnw"),
        "echo \"$@\" >> builds; mkdir -p sandbox/target/lib; "
            + "echo lib > sandbox/target/lib/some.jar; echo sandbox > sandbox/target/tollgate-sandbox-1.jar");
    java("17.0.1");
    script(jdk.resolve("bin/javac"), "");
  }

  @Test
  void shouldBuildOnceAndPassTheArgumentsOn() throws Exception {
    Ended first = launch("simulate", "a file");
    Ended second = launch("--help");

    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).startsWith("tollgate: building").contains("tollgate: built in ");
    assertThat(first.out()).endsWith("io.tollgate.sandbox.Sandbox|simulate|a file|\n");
    assertThat(second.err()).isEmpty();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void shouldBuildAgainWhenASourceIsNewerOrGone() throws Exception {
    launch("--help");
    Path source = home.resolve("domain/src/main/Source");
    Files.setLastModifiedTime(source, later());
    launch("--help");
    assertThat(builds()).hasSize(2);

    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
    launch("--help");
    assertThat(builds()).hasSize(2);

    Files.delete(source);
    Files.setLastModifiedTime(home.resolve("domain/src/main"), later());
    launch("--help");
    assertThat(builds()).hasSize(3);
  }

  @Test
  void shouldStartFromAnywhereThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), home.resolve("tollgate"));

    Ended ended = end(start(link, Map.of(), "--version"));

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).endsWith("io.tollgate.sandbox.Sandbox|--version|\n");
  }

  @Test
  void shouldBuildOnceForStartsAtTheSameTime() throws Exception {
    Process first = start(home.resolve("tollgate"), Map.of(), "one");
    Process second = start(home.resolve("tollgate"), Map.of(), "two");

    assertThat(end(first).out()).endsWith("|one|\n");
    assertThat(end(second).out()).endsWith("|two|\n");
    assertThat(builds()).hasSize(1);
  }

  @Test
  void shouldShowTheOutputOfABuildThatFails() throws Exception {
    script(home.resolve("mvnw"), "echo broken source; exit 1");

    Ended ended = launch("--help");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("broken source", "tollgate: the build failed");
  }

  @Test
  void shouldSayWhichJavaItNeeds() throws Exception {
    java("11.0.2");
    assertThat(launch("--help").err()).contains("is Java 11; install a JDK 17 or later");

    Files.delete(jdk.resolve("bin/java"));
    Ended none = launch("--help");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).startsWith("tollgate: JAVA_HOME is ").contains("JDK 17 or later");
  }

  @Test
  void shouldRunWhatIsBuiltIfToldTo() throws Exception {
    Map<String, String> never = Map.of("TOLLGATE_BUILD", "never");
    Path launcher = home.resolve("tollgate");
    assertThat(end(start(launcher, never, "--help")).err()).contains("nothing is built");

    launch("--help");
    Files.setLastModifiedTime(home.resolve("pom.xml"), later());

    assertThat(end(start(launcher, never, "--help")).exitCode()).isZero();
    assertThat(builds()).hasSize(1);
  }

  @Test
  void shouldPassOptionsToTheJvmButNotToTheCommand() throws Exception {
    Ended ended =
        end(start(home.resolve("tollgate"), Map.of("TOLLGATE_JAVA_OPTS", "-Xmx1g -Da=b"), "run"));

    assertThat(ended.out()).contains("\n-Xmx1g|-Da=b|-cp|").doesNotContain("TieredStopAtLevel");
    assertThat(ended.out()).startsWith("settings: none");
  }

  private void java(String version) throws IOException {
    script(
        jdk.resolve("bin/java"),
        "if [ \"$1\" = -version ]; then echo 'openjdk version \"%s\"' >&2; exit; fi; "
                .formatted(version)
            + "echo \"settings: ${TOLLGATE_JAVA_OPTS:-none}\"; "
            + "for a in \"$@\"; do printf '%s|' \"$a\"; done; echo");
  }

  private static void script(Path file, String commands) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static FileTime later() {
    return FileTime.from(Instant.now().plusSeconds(3600));
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(home.resolve("builds"));
  }

  private Ended launch(String... args) throws Exception {
    return end(start(home.resolve("tollgate"), Map.of(), args));
  }

  private Process start(Path launcher, Map<String, String> environment, String... args)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add(launcher.toString());
    builder.command().addAll(List.of(args));
    builder.directory(directory.toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Ended end(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out, err);
  }
}
