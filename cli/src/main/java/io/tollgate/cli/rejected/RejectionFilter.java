package io.tollgate.cli.rejected;

import io.tollgate.cli.CommandException;
import io.tollgate.cli.ExitCode;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.schemas.topics.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the rejections a command is about; without any option, all of them. */
public final class RejectionFilter {

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only with this reason: ${COMPLETION-CANDIDATES}. May be repeated.")
  List<RejectionReason> reasons = new ArrayList<>();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Only records that were refused in this topic, without the prefix.")
  @Nullable String topic;

  @Option(
      names = "--account",
      paramLabel = "ACCOUNT",
      description = "Only records with this account as their key.")
  @Nullable String account;

  /**
   * Fails if it names something that cannot be.
   *
   * @throws CommandException with {@link ExitCode#USAGE}
   */
  void check() {
    if (topic != null && TopicCatalogue.byName(topic).isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "there is no topic %s; 'tollgate tail --help' lists them".formatted(topic));
    }
  }

  /** Whether it leaves nothing out. */
  boolean takesAll() {
    return reasons.isEmpty() && topic == null && account == null;
  }

  boolean matches(RejectedEvent rejection) {
    return (reasons.isEmpty() || reasons.contains(rejection.getReason()))
        && (topic == null || topic.equals(rejection.getSourceTopic()))
        && (account == null || account.equals(rejection.getSourceKey()));
  }
}
