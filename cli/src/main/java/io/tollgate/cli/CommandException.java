package io.tollgate.cli;

import org.jspecify.annotations.Nullable;

/**
 * The end of a command that could not do its work: the exit code, and a message of one line that
 * says what is wrong and what to do next.
 */
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final boolean ownLine;

  public CommandException(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  public CommandException(ExitCode exitCode, String message, @Nullable Throwable cause) {
    this(exitCode, message, cause, false);
  }

  private CommandException(
      ExitCode exitCode, String message, @Nullable Throwable cause, boolean ownLine) {
    super(message, cause);
    this.exitCode = exitCode;
    this.ownLine = ownLine;
  }

  /** An error at a place in the input; the message starts with the place, not with the command. */
  public static CommandException inInput(String message, @Nullable Throwable cause) {
    return new CommandException(ExitCode.USAGE, message, cause, true);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** What is printed on standard error. */
  String line() {
    return ownLine ? getMessage() : Messages.PREFIX + getMessage();
  }

  @Override
  public String getMessage() {
    return Messages.oneLine(String.valueOf(super.getMessage()));
  }
}
