package io.tollgate.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main of the test's class path in a JVM of its own. */
final class ChildProcess {

  private static final long END_SECONDS = 30;

  private final Class<?> main;
  private final Process process;

  private ChildProcess(Class<?> main, Process process) {
    this.main = main;
    this.process = process;
  }

  static ChildProcess start(Class<?> main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Little memory and a quick start: several run at once, on few cores.
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new ChildProcess(main, process);
  }

  /** The first line it prints. */
  String firstLine() throws IOException {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      String line = lines.readLine();
      if (line == null) {
        throw new IOException(main.getSimpleName() + " ended without a word");
      }
      return line;
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError(
          main.getSimpleName() + " ended by itself, with " + process.exitValue());
    }
  }

  /** Its exit code, of a process that has ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** {@code kill -9}, and waits until it is gone; does nothing to one that has ended. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(main.getSimpleName() + " survived kill -9");
    }
  }

  /** The same without a wait. */
  void killIfAlive() {
    process.toHandle().destroyForcibly();
  }
}
