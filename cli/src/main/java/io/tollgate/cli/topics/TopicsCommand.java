package io.tollgate.cli.topics;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Creates and lists the topics of an installation. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    subcommands = {TopicsCreateCommand.class, TopicsListCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Create and list the topics of an installation.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate topics create --bootstrap-server kafka:9092 --partitions 64",
      "  tollgate topics list --json"
    })
public final class TopicsCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given: create or list");
  }
}
