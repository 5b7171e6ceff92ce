package io.tollgate.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.rating.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One account with its memory, driven as the pipeline drives it: deadlines that are due fire before
 * each record, and again after it. Checks after every step the {@link AccountInvariants}, that no
 * state handed out before has changed, that a decoded snapshot does exactly what the live account
 * does, and that the snapshot before with the delta of the step is the account after it.
 */
final class AccountPipeline {

  final AccountRules rules;
  private final InMemoryMemory memory = new InMemoryMemory();
  private final AccountInvariants invariants = new AccountInvariants();
  private @Nullable Account account;
  private long latestTime;
  private long offset;
  private final List<Effect> effects = new ArrayList<>();

  AccountPipeline(RuleSettings settings, Reference reference) {
    this.rules = new AccountRules(settings, reference, memory);
  }

  @Nullable Account account() {
    return account;
  }

  /** What came out since this was last called. */
  List<Effect> drain() {
    List<Effect> drained = List.copyOf(effects);
    effects.clear();
    return drained;
  }

  /** Takes a record: fires what is due, decides it, fires what it made due. */
  Decision process(String topic, AccountEvent event, long recordTime) {
    latestTime = Math.max(latestTime, recordTime);
    Arrival arrival = new Arrival(topic, 0, offset++, recordTime, latestTime);
    fireDue(arrival);
    Decision decision = decide(event, arrival);
    fireDue(arrival);
    return decision;
  }

  /** Takes a tick of the clock. */
  void tick(long recordTime) {
    latestTime = Math.max(latestTime, recordTime);
    fireDue(new Arrival("clock", 0, offset++, recordTime, latestTime));
  }

  private Decision decide(AccountEvent event, Arrival arrival) {
    byte[] before = account == null ? null : encode(account);
    Decision decision = rules.decide(account, event, arrival);
    Account twin = before == null ? null : AccountCodec.decode(before);
    assertSame(decision, rules.decide(twin, event, arrival));
    assertUnchanged(before);
    if (decision instanceof Decision.Applied applied) {
      apply(event, applied);
    }
    return decision;
  }

  private void fireDue(Arrival arrival) {
    while (account != null
        && rules.nextDeadline(account) <= Math.max(arrival.recordTime(), account.ruleTime())) {
      byte[] before = encode(account);
      Decision.Applied applied = rules.fire(account, arrival);
      assertSame(applied, rules.fire(AccountCodec.decode(before), arrival));
      assertUnchanged(before);
      apply(null, applied);
    }
  }

  private void apply(@Nullable AccountEvent event, Decision.Applied applied) {
    invariants.check(account, event, applied);
    applied.remembered().forEach(memory::add);
    if (account != null) {
      Account folded =
          AccountDelta.apply(
              AccountCodec.decode(encode(account)),
              AccountDelta.between(account, applied.account()));
      assertSameBytes(encode(folded), encode(applied.account()), "a snapshot with its delta");
    }
    account = applied.account();
    effects.addAll(applied.effects());
    byte[] snapshot = encode(account);
    Account decoded = AccountCodec.decode(snapshot);
    assertSameBytes(encode(decoded), snapshot, "what was decoded");
    assertThat(AccountCodec.nextDeadline(snapshot)).isEqualTo(rules.nextDeadline(decoded));
  }

  private void assertSame(Decision live, Decision decoded) {
    if (live instanceof Decision.Applied a && decoded instanceof Decision.Applied b) {
      assertThat(b.effects()).isEqualTo(a.effects());
      assertThat(b.remembered()).isEqualTo(a.remembered());
      assertSameBytes(encode(b.account()), encode(a.account()), "the next state");
    } else {
      assertThat(decoded).isEqualTo(live);
    }
  }

  private void assertUnchanged(byte @Nullable [] before) {
    if (account != null) {
      assertSameBytes(encode(account), before, "an account that was handed out");
    }
  }

  /** Compares whole arrays at once: the assertion of the library goes element by element. */
  private static void assertSameBytes(byte[] actual, byte @Nullable [] expected, String what) {
    assertThat(Arrays.equals(actual, expected)).as(what).isTrue();
  }

  byte[] encode(Account of) {
    return AccountCodec.encode(of, rules.nextDeadline(of));
  }
}
