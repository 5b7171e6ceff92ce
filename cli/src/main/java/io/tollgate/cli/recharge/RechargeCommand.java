package io.tollgate.cli.recharge;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What there is to know of an account's auto-recharge. */
@Command(
    name = "recharge",
    mixinStandardHelpOptions = true,
    subcommands = RechargePreviewCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Say what auto-recharge would do.",
    footerHeading = "%nExample:%n",
    footer = "  tollgate recharge preview acme --bootstrap-server kafka:9092")
public final class RechargeCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given: preview");
  }
}
