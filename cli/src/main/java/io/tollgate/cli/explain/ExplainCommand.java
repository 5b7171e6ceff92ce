package io.tollgate.cli.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tollgate.cli.Colours;
import io.tollgate.cli.CommandException;
import io.tollgate.cli.Console;
import io.tollgate.cli.EndsWith;
import io.tollgate.cli.ExitCode;
import io.tollgate.cli.JsonOption;
import io.tollgate.cli.JsonOutput;
import io.tollgate.cli.kafka.KafkaOptions;
import io.tollgate.streams.config.TollgateConfig;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says why something was charged, blocked or recharged. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Say why something was charged, at which price and from which credit; why it was blocked, and"
          + " what to do; why a card was recharged, and what happens next.",
      "",
      "ID is an account, or the id of a usage event, authorization, payment, recharge or ledger"
          + " entry. Ids are unique within an account: with --account only its partition is read;"
          + " without, all accounts are looked through, which takes a while."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tollgate explain acme --bootstrap-server kafka:9092",
      "  tollgate explain call-17 --account acme",
      "  tollgate explain acme:3 --account acme --json"
    })
@EndsWith(ExitCode.UNKNOWN_ACCOUNT)
public final class ExplainCommand implements Callable<Integer> {

  private final Console console;

  @Mixin KafkaOptions kafka = new KafkaOptions();

  @Parameters(paramLabel = "ACCOUNT|ID", description = "What to explain.")
  @SuppressWarnings("NullAway.Init")
  String id;

  @Option(names = "--account", paramLabel = "ACCOUNT", description = "The account that has the id.")
  @Nullable String account;

  @Mixin JsonOption json = new JsonOption();

  public ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Story> stories = kafka.use(this::stories);
    if (json.isChosen()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      stories.forEach(story -> list.add(story.toJson()));
      JsonOutput.print(list, console.out());
    } else {
      Colours colours = new Colours(console.colours());
      for (Story story : stories) {
        story.print(console.out(), colours);
        console.out().println();
      }
    }
    return ExitCode.OK.code();
  }

  private List<Story> stories(TollgateConfig config) {
    HistoryReader reader = new HistoryReader(config, console);
    if (account == null) {
      History own = reader.read(id, record -> false);
      if (!own.isEmpty()) {
        return List.of(AccountStory.of(own));
      }
    }
    String owner =
        account != null
            ? account
            : reader
                .accountOf(record -> Stories.isAbout(record, id))
                .orElseThrow(() -> unknown(" in any account"));
    History history = reader.read(owner, record -> Stories.isAbout(record, id));
    List<Story> stories = Stories.of(history, reader.policies(), config.rules().declines(), id);
    if (stories.isEmpty()) {
      throw unknown(" in account " + owner);
    }
    return stories;
  }

  private CommandException unknown(String where) {
    return new CommandException(
        ExitCode.UNKNOWN_ACCOUNT,
        "nothing that was decided has the id %s%s; if it was sent, 'tollgate rejected list' tells"
                .formatted(id, where)
            + " whether it was refused");
  }
}
