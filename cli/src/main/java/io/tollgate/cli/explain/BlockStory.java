package io.tollgate.cli.explain;

import io.tollgate.cli.Money;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountReinstated;
import io.tollgate.events.AccountStatus;
import io.tollgate.events.AccountSuspended;
import io.tollgate.events.CreditStranded;
import io.tollgate.events.StrandingCleared;
import io.tollgate.events.UsageBlocked;
import io.tollgate.events.VerificationUpdated;
import io.tollgate.schemas.json.IsoMillis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why usage was blocked or an authorization denied: by which rule, what stands behind it, whether
 * it has been cleared since, and the remedy.
 */
final class BlockStory {

  private final History history;
  private final Policies policies;
  private final UsageBlocked block;

  /** When it was decided, as near as its topic tells. */
  private final Instant decidedAt;

  private final List<String> details = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();
  private boolean cleared;

  private BlockStory(History history, Policies policies, Found<UsageBlocked> found) {
    this.history = history;
    this.policies = policies;
    this.block = found.value();
    this.decidedAt = found.source().timestamp();
    moments.add(
        new Moment(
            decidedAt,
            "%s, for a call of %s"
                .formatted(
                    block.getServed() ? "blocked" : "denied",
                    IsoMillis.format(block.getOccurredAt())),
            found.source()));
  }

  static Story of(History history, Policies policies, Found<UsageBlocked> found) {
    return new BlockStory(history, policies, found).tell();
  }

  private Story tell() {
    switch (block.getReason()) {
      case VERIFICATION_REQUIRED -> tellGate();
      case INSUFFICIENT_CREDIT ->
          details.add(
              block.getServed()
                  ? "neither credit nor overdraft could pay any of it"
                  : "less was available than it asked for");
      case SPEND_LIMIT_REACHED -> tellLimits();
      case ACCOUNT_SUSPENDED -> tellSuspension();
      case UNPRICED_MODEL -> details.add("the model has no price");
    }
    details.add(
        "it would have cost " + Money.format(block.getWouldHaveCostNanos(), history.currency()));
    moments.sort(Comparator.comparing(Moment::at));
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
        moments,
        cleared ? List.of() : List.of(block.getRemedy()));
  }

  private void tellGate() {
    details.add("the model, or what was used of it, needs a verified organisation");
    String policyId = block.getPolicyId();
    if (policyId != null) {
      details.add(policies.describe(block.getModel(), policyId, decidedAt));
      tellStranding(policyId);
    }
    for (Found<VerificationUpdated> found : history.all(VerificationUpdated.class)) {
      if (isSince(found)) {
        String reason = found.value().getReason();
        moments.add(
            new Moment(
                found.source().timestamp(),
                "verification: %s%s"
                    .formatted(
                        found.value().getStatus(), reason == null ? "" : " (" + reason + ")"),
                found.source()));
      }
    }
    cleared = history.last(AccountAccess.class).map(AccountAccess::getVerified).orElse(false);
    details.add(
        cleared
            ? "cleared since: the account is verified now"
            : "not cleared: the account is not verified");
  }

  private void tellStranding(String policyId) {
    for (Found<CreditStranded> found : history.all(CreditStranded.class)) {
      CreditStranded stranded = found.value();
      if (stranded.getPolicyId().equals(policyId)) {
        moments.add(
            new Moment(
                stranded.getOccurredAt(),
                "%s of credit %s were stranded: bought before the policy was announced"
                    .formatted(money(stranded.getAmountNanos()), stranded.getLotId()),
                found.source()));
      }
    }
    for (Found<StrandingCleared> found : history.all(StrandingCleared.class)) {
      StrandingCleared cleared = found.value();
      if (cleared.getPolicyId().equals(policyId)) {
        moments.add(
            new Moment(
                cleared.getOccurredAt(),
                "%s of credit %s are no longer stranded"
                    .formatted(money(cleared.getAmountNanos()), cleared.getLotId()),
                found.source()));
      }
    }
  }

  private void tellLimits() {
    for (BlockingLimit limit : BlockingLimit.of(history, block, decidedAt)) {
      details.add(limit.words(history.currency()));
      moments.addAll(limit.moments());
    }
    if (details.isEmpty()) {
      details.add(
          "a spend limit of the month was reached; its settings are not in the topic any more");
    }
  }

  private void tellSuspension() {
    Found<AccountSuspended> suspension =
        history.all(AccountSuspended.class).stream()
            .filter(found -> !isSince(found))
            .max(Comparator.comparing(found -> found.value().getOccurredAt()))
            .orElse(null);
    if (suspension == null) {
      details.add("the account was suspended");
    } else {
      details.add(
          "the account was suspended at %s%s"
              .formatted(
                  IsoMillis.format(suspension.value().getOccurredAt()),
                  because(suspension.value().getReason())));
      moments.add(new Moment(suspension.source().timestamp(), "suspended", suspension.source()));
    }
    for (Found<AccountReinstated> found : history.all(AccountReinstated.class)) {
      if (isSince(found)) {
        moments.add(
            new Moment(
                found.source().timestamp(),
                "reinstated" + because(found.value().getReason()),
                found.source()));
      }
    }
    cleared =
        history
            .last(AccountAccess.class)
            .map(access -> access.getStatus() == AccountStatus.ACTIVE)
            .orElse(true);
    details.add(
        cleared
            ? "cleared since: the account is active now"
            : "not cleared: it is suspended still");
  }

  private static String because(@Nullable String reason) {
    return reason == null ? "" : ": " + reason;
  }

  private boolean isSince(Found<?> found) {
    return found.source().timestamp().isAfter(decidedAt);
  }

  private String money(long nanos) {
    return Money.format(nanos, history.currency());
  }
}
