package io.tollgate.cli.rejected;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists records that the pipeline refused, and sends them again. */
@Command(
    name = "rejected",
    mixinStandardHelpOptions = true,
    subcommands = {RejectedListCommand.class, RejectedReplayCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "List records that were refused, and send them again once they can be taken.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate rejected list --reason UNPRICED",
      "  tollgate rejected replay --reason UNPRICED --dry-run"
    })
public final class RejectedCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given: list or replay");
  }
}
