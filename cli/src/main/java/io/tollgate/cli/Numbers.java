package io.tollgate.cli;

/** Options that are numbers. */
public final class Numbers {

  private Numbers() {}

  /**
   * Refuses a number that is out of range.
   *
   * @param option its name, as it is typed
   * @throws CommandException with {@link ExitCode#USAGE}
   */
  public static void require(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s is %d; give a number from %d to %d".formatted(option, value, least, most));
    }
  }
}
