package io.tollgate.cli;

import picocli.CommandLine.Option;

/** The choice between output for people and output for programs. */
public final class JsonOption {

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  /** Whether programs read the output. */
  public boolean isChosen() {
    return json;
  }
}
