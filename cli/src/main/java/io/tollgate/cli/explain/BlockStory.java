package io.tollgate.cli.explain;

import io.tollgate.cli.Money;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.events.UsageBlocked;
import java.util.ArrayList;
import java.util.List;

/** Why usage was blocked or an authorization denied: by which rule, since when, and the remedy. */
final class BlockStory {

  private BlockStory() {}

  static Story of(Policies policies, Found<UsageBlocked> found, String currency) {
    UsageBlocked block = found.value();
    List<String> details = new ArrayList<>();
    details.add(
        switch (block.getReason()) {
          case VERIFICATION_REQUIRED ->
              "the model, or what was used of it, needs a verified organisation";
          case INSUFFICIENT_CREDIT -> "neither credit nor overdraft could pay any of it";
          case SPEND_LIMIT_REACHED -> "a spend limit of the month is reached";
          case ACCOUNT_SUSPENDED -> "the account is suspended";
          case UNPRICED_MODEL -> "the model has no price";
        });
    if (block.getPolicyId() != null) {
      details.addAll(policies.describe(block.getModel(), block.getPolicyId()));
    }
    details.add("it would have cost " + Money.format(block.getWouldHaveCostNanos(), currency));
    return new Story(
        "block",
        block.getId(),
        block.getAccountId(),
        "%s %s%s was %s: %s"
            .formatted(
                block.getServed() ? "Usage" : "Authorization",
                block.getId(),
                block.getModel() == null ? "" : " of " + block.getModel(),
                block.getServed() ? "blocked, served but not charged" : "denied",
                block.getReason()),
        details,
        List.of(new Moment(block.getOccurredAt(), "it happened", found.source())),
        List.of(block.getRemedy()));
  }
}
