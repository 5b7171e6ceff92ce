package io.tollgate.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the exit codes that a command, or a mixin of commands, adds to those that every command
 * has; its help shows them all. A command that only has subcommands ends with theirs.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface EndsWith {

  /** The codes, lowest first. */
  ExitCode[] value();
}
