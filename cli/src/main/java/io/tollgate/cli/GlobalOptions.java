package io.tollgate.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command has. */
public final class GlobalOptions {

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what happens inside, on standard error.")
  boolean verbose;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "Show where an error comes from.")
  boolean stacktrace;
}
