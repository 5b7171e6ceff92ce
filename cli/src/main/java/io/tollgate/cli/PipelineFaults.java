package io.tollgate.cli;

import io.tollgate.streams.app.PipelineFault;

/** Says in the exit codes of the command why a pipeline stopped. */
public final class PipelineFaults {

  private PipelineFaults() {}

  /** The end of the command that ran the pipeline. */
  public static CommandException asFailure(PipelineFault fault) {
    ExitCode exitCode = ExitCode.PIPELINE_FAULT;
    for (ExitCode code : ExitCode.values()) {
      if (code.code() == fault.exitCode()) {
        exitCode = code;
      }
    }
    return new CommandException(exitCode, fault.message(), fault.cause());
  }
}
