package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the organisation itself: opening, phone and trial, verification, suspension (§1,
 * §5, §6).
 */
final class AccountFacts {
  private static final long TRIAL = 5 * Account.DOLLAR;
  private static final int TRIAL_MONTHS = 3;

  private AccountFacts() {}

  static void opened(Step step, JsonNode event) {
    Currencies.open(step.account, Fields.text(event, "currency"));
    step.account.openedAt = step.occurredAt;
    step.account.country = Fields.optionalText(event, "country");
    step.account.buyerType = Fields.text(event, "buyerType");
  }

  static void phoneVerified(Step step, JsonNode event) {
    step.claims.add(
        new Claim.Phone(
            step.account.id, Fields.text(event, "phoneHash"), step.occurredAt, step.cause));
  }

  /** The answer to a phone's claim: a trial, or why there is none. */
  static void phoneAnswered(Step step, Claim.Phone claim, boolean phoneIsFree) {
    Account account = step.account;
    long since = Objects.requireNonNullElse(account.openedAt, claim.verifiedAt());
    long expiresAt = Times.plusMonths(since, TRIAL_MONTHS);
    String refusal = null;
    if (!phoneIsFree) {
      refusal = "PHONE_ALREADY_USED";
    } else if (account.trialGiven) {
      refusal = "ACCOUNT_HAD_TRIAL";
    } else if (expiresAt <= step.now) {
      refusal = "TOO_LATE";
    } else if (!Overflow.leavesRoomFor(account, TRIAL)) {
      refusal = "OVERFLOW";
    }
    String lotId = "trial:" + account.id;
    if (refusal == null) {
      account.trialGiven = true;
      Lot lot = new Lot();
      lot.id = lotId;
      lot.kind = "TRIAL";
      lot.granted = TRIAL;
      lot.effectiveAt = step.now;
      lot.expiresAt = expiresAt;
      account.lots.add(lot);
      Grants.start(step, lot);
    }
    ObjectNode decided = JsonNodeFactory.instance.objectNode();
    decided.put("accountId", account.id);
    decided.put("phoneHash", claim.phoneHash());
    decided.put("granted", refusal == null);
    decided.put("reason", refusal);
    decided.put("lotId", refusal == null ? lotId : null);
    decided.put("decidedAt", Times.iso(step.now));
    step.emit("credit-notices", "TrialDecided", decided);
  }

  static void verificationUpdated(Step step, JsonNode event) {
    String identity = Fields.optionalText(event, "identityHash");
    switch (Fields.text(event, "status")) {
      case "VERIFIED" -> {
        if (identity == null) {
          verify(step);
        } else {
          step.claims.add(
              new Claim.Identity(step.account.id, identity, step.now, step.occurredAt, step.cause));
        }
      }
      case "UNVERIFIED", "REVOKED" -> step.account.verified = false;
      default -> {} // PENDING and FAILED end nothing
    }
  }

  /** The answer to an identity's claim; a refused one counts as FAILED, which ends nothing. */
  static void identityAnswered(Step step, boolean granted) {
    if (granted) {
      verify(step);
    }
  }

  private static void verify(Step step) {
    step.account.verified = true;
    Stranding.clear(step);
  }

  static void suspend(Step step, boolean suspended) {
    step.account.suspended = suspended;
    if (!suspended) {
      step.judgesRecharge = true;
    }
  }

  static @Nullable String timeline(String type, JsonNode event) {
    return switch (type) {
      case "AccountSuspended", "AccountReinstated" -> "suspension";
      case "SpendLimitConfigured" -> SpendLimits.timeline(event);
      case "AccountOpened",
          "VerificationUpdated",
          "AutoRechargeConfigured",
          "AlertLevelsConfigured",
          "OverdraftConfigured" ->
          type;
      default -> null;
    };
  }
}
