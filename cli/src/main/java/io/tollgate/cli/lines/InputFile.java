package io.tollgate.cli.lines;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.ExitCode;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The file of JSON lines that a command reads; {@code -} is standard input. */
public final class InputFile {

  private static final Path STANDARD_INPUT = Path.of("-");

  @Parameters(paramLabel = "FILE", description = "The input; - reads standard input.")
  @SuppressWarnings("NullAway.Init")
  Path file;

  /**
   * Opens it.
   *
   * @throws CommandException if it cannot be read
   */
  public InputStream open(Console console) {
    if (file.equals(STANDARD_INPUT)) {
      return console.in();
    }
    if (Files.isDirectory(file)) {
      throw new CommandException(
          ExitCode.USAGE, file + " is a directory, not a file of JSON lines");
    }
    try {
      return new FileInputStream(file.toFile());
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "cannot read %s; give a file that exists and may be read, or - for standard input"
              .formatted(file),
          e);
    }
  }
}
