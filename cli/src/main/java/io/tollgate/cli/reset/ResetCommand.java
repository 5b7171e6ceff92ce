package io.tollgate.cli.reset;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.EndsWith;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.cli.lines.LineReader;
import io.tollgate.streams.admin.AdminClients;
import io.tollgate.streams.admin.Reset;
import io.tollgate.streams.admin.ResetPlan;
import io.tollgate.streams.admin.ResetScope;
import io.tollgate.streams.config.TollgateConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes the books of an installation, so that it starts anew. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = {
      "Delete the books of an installation: the state of all accounts and all that was written"
          + " about them. Says what it would delete and asks first; refuses while instances run.",
      "",
      "The input topics stay, and the next start builds the books from them again. What of phones,"
          + " identities and cards is claimed stays too: a trial is granted once for ever."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate reset --bootstrap-server kafka:9092 --dry-run",
      "  tollgate reset --bootstrap-server kafka:9092",
      "  tollgate reset --inputs --claims --yes"
    })
@EndsWith(ExitCode.INSTANCES_RUN)
public final class ResetCommand implements Callable<Integer> {

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--inputs",
      description =
          "Empty the input topics too, prices and policies among them: nothing is built again.")
  boolean inputs;

  @Option(
      names = "--claims",
      description =
          "Forget the claims of phones, identities and cards too. Who had a trial can have"
              + " another.")
  boolean claims;

  @Option(names = "--dry-run", description = "Say what would be deleted, and end.")
  boolean dryRun;

  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  @Mixin JsonOption json = new JsonOption();

  public ResetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    kafka.use(this::reset);
    return ExitCode.OK.code();
  }

  private ResetPlan reset(TollgateConfig config) {
    try (Admin admin = AdminClients.open(config)) {
      Reset reset = new Reset(config, admin);
      requireStopped(reset);
      ResetPlan plan = reset.plan(new ResetScope(inputs, claims));
      print(plan);
      if (!dryRun && !plan.isEmpty()) {
        confirm(config);
        // Somebody may have started one while the question was open.
        requireStopped(reset);
        reset.execute(plan);
      }
      return plan;
    }
  }

  private void requireStopped(Reset reset) {
    List<String> running = reset.runningInstances();
    if (!running.isEmpty() && !dryRun) {
      throw new CommandException(
          ExitCode.INSTANCES_RUN,
          "instances run: %s; stop them first. One that died just now counts until its session"
                  .formatted(String.join(", ", running))
              + " ends (session.timeout.ms)");
    }
  }

  private void print(ResetPlan plan) {
    if (json.isChosen()) {
      JsonOutput.print(ResetText.toJson(plan, !dryRun && yes), console.out());
    } else {
      ResetText.print(plan, console.out());
    }
    console.out().flush();
  }

  private void confirm(TollgateConfig config) {
    if (yes) {
      return;
    }
    console
        .err()
        .print(
            "Type the application id, %s, to delete all this: ".formatted(config.applicationId()));
    console.err().flush();
    String answer;
    try {
      answer = new LineReader(console.in()).next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (answer == null || !answer.strip().equals(config.applicationId())) {
      throw new CommandException(
          ExitCode.FAILURE, "nothing was deleted; --yes deletes without asking");
    }
  }
}
