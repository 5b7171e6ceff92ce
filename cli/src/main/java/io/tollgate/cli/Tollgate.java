package io.tollgate.cli;

import io.tollgate.cli.balance.BalanceCommand;
import io.tollgate.cli.explain.ExplainCommand;
import io.tollgate.cli.produce.ProduceCommand;
import io.tollgate.cli.quote.QuoteCommand;
import io.tollgate.cli.recharge.RechargeCommand;
import io.tollgate.cli.rejected.RejectedCommand;
import io.tollgate.cli.reset.ResetCommand;
import io.tollgate.cli.run.RunCommand;
import io.tollgate.cli.tail.TailCommand;
import io.tollgate.cli.top.TopCommand;
import io.tollgate.cli.topics.TopicsCommand;
import io.tollgate.cli.verify.VerifyCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code tollgate} command. */
@Command(
    name = "tollgate",
    mixinStandardHelpOptions = true,
    versionProvider = Tollgate.Version.class,
    subcommands = {
      RunCommand.class,
      TopicsCommand.class,
      ProduceCommand.class,
      TailCommand.class,
      TopCommand.class,
      BalanceCommand.class,
      VerifyCommand.class,
      ExplainCommand.class,
      QuoteCommand.class,
      RechargeCommand.class,
      RejectedCommand.class,
      ResetCommand.class,
      CompletionCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Prepaid metering of model APIs on Kafka Streams.",
    footer = {"", "@|bold tollgate COMMAND --help|@ tells more about a command."})
public final class Tollgate implements Runnable {

  @Mixin GlobalOptions global = new GlobalOptions();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Console.ofProcess(), args));
  }

  /** Runs the command in this process. Returns its exit code. */
  public static int run(Console console, String... args) {
    return run(console, List.of(), args);
  }

  /**
   * Runs the command, with more commands than a cluster needs, in this process.
   *
   * @param more classes of picocli commands
   */
  public static int run(Console console, List<Class<?>> more, String... args) {
    return new CommandRunner(console, more).run(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given");
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Tollgate.class.getPackage().getImplementationVersion();
      return new String[] {"tollgate " + (version == null ? "(not packaged)" : version)};
    }
  }
}
