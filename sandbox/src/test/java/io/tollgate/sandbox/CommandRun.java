package io.tollgate.sandbox;

import io.tollgate.cli.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One run of the command in this process, with what it printed. */
public record CommandRun(int exitCode, String out, String err) {

  /** Runs it with nothing on standard input. */
  public static CommandRun of(String... args) {
    return withInput("", args);
  }

  /** Runs it with this text on standard input. */
  public static CommandRun withInput(String input, String... args) {
    return withInput(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
  }

  /** Runs it with these bytes on standard input. */
  public static CommandRun withInput(InputStream input, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = Sandbox.run(new Console(input, out, err, false, false), args);
    return new CommandRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Lines on standard output. */
  public List<String> outLines() {
    return out.lines().toList();
  }

  /** Lines on standard error. */
  public List<String> errLines() {
    return err.lines().toList();
  }
}
