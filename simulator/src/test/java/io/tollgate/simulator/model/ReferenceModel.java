package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole contract once more, as plainly as it can be said: one line of {@code simulate} input
 * in, the output lines that it must cause out.
 */
public final class ReferenceModel {
  private final PriceBook prices = new PriceBook();
  private final AccessPolicies policies = new AccessPolicies();
  private final ClaimsRegistry claims = new ClaimsRegistry();
  private final DeclineTable declines;
  private final Publications publications;
  private final Deadlines deadlines;
  private final Usages usages;
  private final Authorizations authorizations;

  private final Map<String, Account> accounts = new TreeMap<>();

  /** The next deadline of each account, which changes with the account only. */
  private final Map<String, Deadlines.Deadline> nextDeadlines = new LinkedHashMap<>();

  private final Map<String, Long> offsets = new LinkedHashMap<>();
  private final Deque<Claim> openClaims = new ArrayDeque<>();
  private Outputs outputs = new Outputs();
  private long time;

  public ReferenceModel(Options options) {
    this.declines = new DeclineTable(options.declines());
    this.publications = new Publications(options);
    this.deadlines = new Deadlines(options, publications);
    Gate gate = new Gate(prices, policies);
    this.usages = new Usages(prices, gate);
    this.authorizations = new Authorizations(prices, gate);
  }

  /** Applies one input line and returns what it causes, in the order of §9. */
  public List<ObjectNode> apply(ObjectNode line) {
    outputs = new Outputs();
    boolean advances = line.has("advanceTo");
    time = Fields.time(line, advances ? "advanceTo" : "timestamp");
    fireWhatIsDue();
    if (!advances) {
      String topic = Fields.text(line, "topic");
      long offset = offsets.merge(topic, 1L, Long::sum) - 1;
      applyRecord(Input.of(line, offset));
      answerClaims();
      fireWhatIsDue(); // what the record made due at its own time
    }
    return outputs.inOrder();
  }

  /** The current balance of each account. */
  public List<ObjectNode> finish() {
    List<ObjectNode> balances = new ArrayList<>();
    for (Account account : accounts.values()) {
      ObjectNode balance = Publications.balance(account, account.ruleTime);
      balances.add(Outputs.line("account-balances", time, "AccountBalance", account.id, balance));
    }
    return balances;
  }

  private void applyRecord(Input input) {
    JsonNode event = input.value();
    try {
      if (input.isAboutModel()) {
        applyToModel(input);
      } else if (event == null) {
        throw new Rejection("MALFORMED", "no value");
      } else {
        applyToAccount(input, event);
      }
    } catch (Rejection rejection) {
      reject(input, rejection);
    } catch (ArithmeticException overflow) {
      reject(input, new Rejection("OVERFLOW", "does not fit into 64 bits"));
    }
  }

  private void reject(Input input, Rejection rejection) {
    Cause source = new Cause(input.topic(), "", input.offset());
    outputs.add(Rejections.line(rejection, source, input.key(), input.time()));
  }

  private void applyToModel(Input input) {
    Validation.checkModel(input);
    String model = String.valueOf(input.key());
    if (input.topic().equals("price-book")) {
      prices.put(model, input.value());
    } else {
      policies.put(model, input.value());
    }
  }

  private void applyToAccount(Input input, JsonNode event) {
    String id = Fields.text(event, "accountId");
    if (!id.equals(input.key())) {
      throw new Rejection("MISROUTED", "the key is not the account");
    }
    Validation.check(input.type(), event);
    Account known = accounts.get(id);
    Account account = known == null ? Account.open(id) : Copies.of(known);
    if (Identities.isDuplicate(account, input, event)) {
      return;
    }
    Expiry.dropNoticesOfEmptyLots(account, input.time());
    long now = Math.max(input.time(), account.ruleTime);
    Cause cause = new Cause(input.topic(), Causes.id(input.type(), event), input.offset());
    Step step = new Step(account, now, cause, cause.id(), Causes.ownTime(event));
    String timeline = AccountFacts.timeline(input.type(), event);
    if (timeline == null || Identities.isLatest(account, timeline, step.occurredAt)) {
      handle(step, input, event);
    }
    Identities.remember(account, input, event);
    complete(step);
  }

  private void handle(Step step, Input input, JsonNode event) {
    Account account = step.account;
    switch (input.type()) {
      case "UsageEvent" -> usages.reported(step, event);
      case "AuthorizationRequested" -> authorizations.requested(step, event);
      case "AuthorizationReleased" -> Authorizations.released(step, event);
      case "PaymentSucceeded" -> Payments.succeeded(step, event);
      case "PaymentFailed" -> Payments.failed(step, event, declines);
      case "PaymentRefunded", "DisputeUpdated" -> Payments.reversal(step, input, event);
      case "IssuerCleared" -> Recharges.issuerCleared(step, event);
      case "AccountOpened" -> AccountFacts.opened(step, event);
      case "PhoneVerified" -> AccountFacts.phoneVerified(step, event);
      case "VerificationUpdated" -> AccountFacts.verificationUpdated(step, event);
      case "AutoRechargeConfigured" -> Recharges.configured(step, event);
      case "AlertLevelsConfigured" -> AlertLevels.configured(account, event);
      case "SpendLimitConfigured" -> SpendLimits.configured(step, event);
      case "OverdraftConfigured" -> account.overdraftLimit = Fields.number(event, "limitNanos");
      case "CreditGranted" -> Grants.granted(step, event);
      case "CreditVoided" -> Grants.voided(step, event);
      case "AccountSuspended" -> AccountFacts.suspend(step, true);
      case "AccountReinstated" -> AccountFacts.suspend(step, false);
      case "RefundRequested" -> RefundDecisions.requested(step, event);
      default -> throw new IllegalArgumentException("no such record: " + input.type());
    }
  }

  /** Judges everything once, then lets the step count. */
  private void complete(Step step) {
    Account account = step.account;
    account.ruleTime = step.now;
    account.monthsJudgedUntil =
        Math.max(account.monthsJudgedUntil, step.leavesMonthStart ? step.now - 1 : step.now);
    Expiry.writeOffWhatIsNotKept(step);
    Overflow.check(account);
    Recharges.judge(step);
    if (step.judgesLevels) {
      AlertLevels.judge(step);
    }
    Publications.emitAlerts(step);
    Publications.publishAccess(step);
    publications.publishBalance(step);
    accounts.put(account.id, account);
    Deadlines.Deadline next = deadlines.next(account);
    if (next == null) {
      nextDeadlines.remove(account.id);
    } else {
      nextDeadlines.put(account.id, next);
    }
    openClaims.addAll(step.claims);
    outputs.addAll(step.lines);
  }

  /** Fires deadlines one by one, by time and account, until none is due. */
  private void fireWhatIsDue() {
    while (true) {
      Account next = null;
      Deadlines.Deadline first = null;
      for (Account account : accounts.values()) {
        Deadlines.Deadline deadline = nextDeadlines.get(account.id);
        boolean isDue = deadline != null && deadline.at() <= time;
        if (deadline != null
            && isDue
            && (first == null || next == null || deadline.firesAt(account) < first.firesAt(next))) {
          next = account;
          first = deadline;
        }
      }
      if (next == null || first == null) {
        return;
      }
      fire(next, first);
      answerClaims();
    }
  }

  private void fire(Account account, Deadlines.Deadline deadline) {
    long now = deadline.firesAt(account);
    Cause cause = Cause.deadline(deadline.subject());
    Step step = new Step(Copies.of(account), now, cause, deadline.subject(), now);
    step.leavesMonthStart = deadline.kind() != Deadlines.Kind.MONTH_START;
    deadline.effect().accept(step);
    complete(step);
  }

  private void answerClaims() {
    while (true) {
      Claim claim = openClaims.poll();
      if (claim == null) {
        return;
      }
      if (claim instanceof Claim.CardDeclined declined) {
        claims.declined(declined);
      } else if (claim instanceof Claim.CardSlotFree free) {
        claims.free(free);
      } else {
        answer(claim);
      }
    }
  }

  private void answer(Claim claim) {
    Account account = accounts.get(claim.accountId());
    if (account == null) {
      throw new IllegalStateException("a claim comes from an account that exists");
    }
    Account copy = Copies.of(account);
    if (claim instanceof Claim.Phone phone) {
      Step step =
          new Step(copy, copy.ruleTime, phone.cause(), phone.phoneHash(), phone.verifiedAt());
      AccountFacts.phoneAnswered(step, phone, claims.claimPhone(phone));
      complete(step);
    } else if (claim instanceof Claim.Identity identity) {
      Step step = new Step(copy, copy.ruleTime, identity.cause(), copy.id, identity.occurredAt());
      AccountFacts.identityAnswered(step, claims.claimIdentity(identity));
      complete(step);
    } else if (claim instanceof Claim.CardSlot slot) {
      Cause cause = Cause.deadline(slot.rechargeId());
      Step step = new Step(copy, copy.ruleTime, cause, slot.rechargeId(), copy.ruleTime);
      Recharges.answered(step, claims.claimCard(slot));
      complete(step);
    }
  }
}
