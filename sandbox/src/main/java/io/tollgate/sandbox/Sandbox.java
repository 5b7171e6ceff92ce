package io.tollgate.sandbox;

import io.tollgate.cli.Console;
import io.tollgate.cli.Tollgate;
import io.tollgate.sandbox.demo.DemoCommand;
import io.tollgate.sandbox.simulate.SimulateCommand;
import java.util.List;

/**
 * The {@code tollgate} command as a person starts it: with what needs no cluster, because a broker
 * and the topology test driver come along. The image of {@code run} has neither.
 */
public final class Sandbox {

  private static final List<Class<?>> COMMANDS = List.of(DemoCommand.class, SimulateCommand.class);

  private Sandbox() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Console.ofProcess(), args));
  }

  /** Runs the command in this process. Returns its exit code. */
  public static int run(Console console, String... args) {
    return Tollgate.run(console, COMMANDS, args);
  }
}
