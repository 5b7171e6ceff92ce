package io.tollgate.streams.processor;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.AccountRules;
import io.tollgate.domain.account.Arrival;
import io.tollgate.domain.account.Decision;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.identity.Remembered;
import io.tollgate.streams.state.AccountStore;
import io.tollgate.streams.state.DeadlineQueue;
import io.tollgate.streams.state.ForeverStore;
import io.tollgate.streams.state.Input;
import io.tollgate.streams.state.Journal;
import io.tollgate.streams.state.JournalEntry;
import io.tollgate.streams.state.OffsetsWentBackException;
import io.tollgate.streams.state.ReferenceStore;
import io.tollgate.streams.state.StateChange;
import io.tollgate.streams.state.StoredMemory;
import io.tollgate.streams.state.TaskStores;
import org.jspecify.annotations.Nullable;

/**
 * All accounts of one partition: brings state, rules and time together. Every change is decided
 * first, then stored, then told; a fault in between stops the client, and its transaction with it.
 */
public final class AccountTask {

  private final Journal journal;
  private final ForeverStore forever;
  private final ReferenceStore reference;
  private final AccountRules rules;
  private final AccountStore accounts;
  private final DeadlineQueue deadlines = new DeadlineQueue();
  private final Outbox outbox;

  AccountTask(RuleSettings settings, TaskStores stores, Outbox outbox) {
    this.journal = stores.journal();
    this.forever = stores.forever();
    this.reference = stores.reference();
    this.outbox = outbox;
    this.rules =
        new AccountRules(settings, reference.reference(), new StoredMemory(journal, forever));
    this.accounts = stores.accounts(rules::nextDeadline);
    accounts.forEachDeadline(deadlines::set);
  }

  /** When the first of all accounts is due, or {@link AccountRules#NOTHING_DUE}. */
  public long nextDeadline() {
    return deadlines.firstTime();
  }

  /** The accounts, to look at. */
  public AccountStore accounts() {
    return accounts;
  }

  ReferenceStore reference() {
    return reference;
  }

  /** Stops the client if the record has been applied already. */
  void guard(Input input, int partition, long offset) {
    long last = journal.offsets().of(input);
    if (offset <= last) {
      throw new OffsetsWentBackException(input.topic().name(), partition, offset, last);
    }
  }

  /** The arrival of a record, with the partition's latest time. */
  Arrival arrival(String topic, int partition, long offset, long recordTime) {
    return new Arrival(topic, partition, offset, recordTime, journal.observe(recordTime));
  }

  /**
   * Applies an event, after all that is due for its account by then. What it makes due itself fires
   * at the next tick or before the account's next record, with the same results.
   */
  Outcome apply(Input input, AccountEvent event, Arrival arrival) {
    String accountId = event.accountId();
    Account account = accounts.get(accountId);
    if (account != null) {
      account = fireDue(account, arrival, dueBefore(input, account, arrival));
    }
    Decision decision = rules.decide(account, event, arrival);
    if (decision instanceof Decision.Applied applied) {
      store(account, applied, input, arrival.offset());
      return new Outcome.Applied();
    }
    skip(input, arrival.offset());
    return decision instanceof Decision.Rejected rejected
        ? new Outcome.Refused(rejected.rejection())
        : new Outcome.Duplicate();
  }

  /** Notes that a record was passed over without effect. */
  void skip(Input input, long offset) {
    journal.append(JournalEntry.skipped(input, offset));
  }

  /**
   * Fires what is due by then, account by account in the order of their deadlines.
   *
   * @param limit how many at most; the rest waits for the next tick or the account's next record
   */
  void advanceTo(long time, Arrival arrival, int limit) {
    for (int fired = 0; fired < limit && deadlines.firstTime() <= time; fired++) {
      String accountId = deadlines.firstAccount();
      Account account = accountId == null ? null : accounts.get(accountId);
      if (account == null) {
        throw new IllegalStateException("a deadline is queued for an account that is not stored");
      }
      long due = rules.nextDeadline(account);
      if (due <= time) {
        fire(account, arrival);
      } else {
        deadlines.set(account.id(), due); // the snapshot was written under other settings
      }
    }
    journal.forgetBefore(arrival.latestTime(), accounts::saveChangesUpTo);
  }

  /**
   * Until when deadlines fire before a record. An answer comes before what its own instant makes
   * due: it belongs to the step that asked, and simulated it bears the time of that step.
   */
  private static long dueBefore(Input input, Account account, Arrival arrival) {
    if (input != Input.CLAIM_ANSWERS) {
      return Math.max(arrival.recordTime(), account.ruleTime());
    }
    return account.ruleTime() < arrival.recordTime() ? arrival.recordTime() - 1 : Long.MIN_VALUE;
  }

  private Account fireDue(Account account, Arrival arrival, long until) {
    Account current = account;
    while (rules.nextDeadline(current) <= until) {
      current = fire(current, arrival);
    }
    return current;
  }

  private Account fire(Account account, Arrival arrival) {
    Decision.Applied fired = rules.fire(account, arrival);
    store(account, fired, null, 0);
    return fired.account();
  }

  /**
   * Stores what a step has decided, then tells it.
   *
   * @param input null if a deadline caused the step
   */
  private void store(
      @Nullable Account before, Decision.Applied applied, @Nullable Input input, long offset) {
    Account account = applied.account();
    applied.remembered().forEach(remembered -> forever.put(account.id(), remembered));
    StateChange change = accounts.put(before, account);
    journal.append(
        new JournalEntry(
            input,
            offset,
            account.id(),
            change,
            remembered(applied, Remembered.Usage.class),
            remembered(applied, Remembered.Authorization.class)));
    deadlines.set(account.id(), rules.nextDeadline(account));
    for (Effect effect : applied.effects()) {
      outbox.emit(effect, account.ruleTime());
    }
  }

  /** What of this kind a step adds to the memory: one thing at most. */
  private static <R extends Remembered> @Nullable R remembered(
      Decision.Applied applied, Class<R> kind) {
    for (Remembered remembered : applied.remembered()) {
      if (kind.isInstance(remembered)) {
        return kind.cast(remembered);
      }
    }
    return null;
  }
}
