package io.tollgate.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.AccountCodec;
import io.tollgate.domain.account.AccountRules;
import io.tollgate.domain.account.Arrival;
import io.tollgate.domain.account.Decision;
import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.event.AccountEvent.AuthorizationPurpose;
import io.tollgate.domain.event.AccountEvent.AuthorizationRequested;
import io.tollgate.domain.event.Quantities;
import io.tollgate.domain.rating.Reference;
import io.tollgate.streams.config.DeclineFile;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.fixture.HeapStores;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts whose snapshots lag behind: whatever is lost but the stores, nothing is forgotten. */
class AccountStoreTest {

  /** More than are kept decoded. */
  private static final int MANY = 21_000;

  private static final long START = Events.START.toEpochMilli();

  private final Map<String, KeyValueStore<Bytes, byte[]>> stores = new HashMap<>();
  private Journal journal = new Journal(store(StateStores.JOURNAL), 1, (block, entry) -> {});
  private final AccountRules rules =
      new AccountRules(
          RuleSettings.defaults(DeclineFile.shipped()),
          new Reference(),
          new StoredMemory(journal, new ForeverStore(store(StateStores.PAYMENTS))));
  private AccountStore accounts = reopen();
  private long time = START;

  private KeyValueStore<Bytes, byte[]> store(String name) {
    return stores.computeIfAbsent(name, HeapStores::create);
  }

  /** The accounts as another task finds them. */
  private AccountStore reopen() {
    TaskStores opened = new TaskStores(this::store, 1);
    journal = opened.journal();
    accounts = opened.accounts(rules::nextDeadline);
    return accounts;
  }

  private Account pays(String id, long amountNanos) {
    return applies(
        new AccountEvent.PaymentSucceeded(
            "p" + time, id, amountNanos, "USD", START, null, null, null, List.of()));
  }

  private Account overdraws(String id, long limitNanos) {
    return applies(new AccountEvent.OverdraftConfigured(id, limitNanos, time));
  }

  private Account applies(AccountEvent event) {
    Account before = accounts.get(event.accountId());
    Decision.Applied applied =
        (Decision.Applied) rules.decide(before, event, new Arrival("any", 0, 0, time, time++));
    journal.append(
        new JournalEntry(
            null, 0, event.accountId(), accounts.put(before, applied.account()), null, null));
    return applied.account();
  }

  private byte @Nullable [] snapshot(String id) {
    return store(StateStores.ACCOUNTS).get(Bytes.wrap(id.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] bytes(@Nullable Account account) {
    return AccountCodec.encode(Objects.requireNonNull(account), 0);
  }

  @Test
  void shouldNotKnowAnAccountThatWasNeverPut() {
    assertThat(accounts.get("a")).isNull();
    assertThat(accounts.peek("a")).isNull();
  }

  @Test
  void shouldReturnWhatWasPutLast() {
    pays("a", 1);
    Account last = pays("a", 2);

    assertThat(accounts.get("a")).isSameAs(last);
    assertThat(accounts.peek("a")).isSameAs(last);
  }

  @Test
  void shouldSaveTheFirstStateAndLeaveTheNextToTheJournal() {
    pays("a", 1);
    byte[] first = snapshot("a");
    Account last = pays("a", 2);

    assertThat(snapshot("a")).isEqualTo(first).isNotEqualTo(bytes(last));
    assertThat(bytes(reopen().get("a"))).isEqualTo(bytes(last));
  }

  @Test
  void shouldSaveAnAccountOnceItsDeltasOutweighItsSnapshot() {
    pays("a", 1);
    int snapshots = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] before = snapshot("a");
      overdraws("a", 1 + i);
      snapshots += Arrays.equals(before, snapshot("a")) ? 0 : 1;
    }

    assertThat(snapshots).isBetween(2, 60);
    assertThat(bytes(reopen().get("a"))).isEqualTo(bytes(accounts.get("a")));
  }

  /** So that a decision costs the same with ten thousand open holds, also what it stores. */
  @Test
  void shouldNotWriteAllHoldsOfAnAccountForEachChange() {
    pays("a", 100_000 * Events.UNIT);
    for (int i = 0; i < 9_000; i++) {
      applies(hold("a", "h" + i));
    }
    int snapshots = 0;
    for (int i = 0; i < 900; i++) {
      byte[] before = snapshot("a");
      applies(hold("a", "more" + i));
      snapshots += Arrays.equals(before, snapshot("a")) ? 0 : 1;
    }

    assertThat(snapshot("a")).hasSizeGreaterThan(100_000);
    assertThat(snapshots).isLessThan(2);
    byte[] live = bytes(accounts.get("a"));
    assertThat(bytes(reopen().get("a"))).isEqualTo(live);
  }

  private AuthorizationRequested hold(String account, String id) {
    return new AuthorizationRequested(
        id,
        account,
        time,
        AuthorizationPurpose.REQUEST,
        null,
        List.of(),
        "standard",
        new Quantities(0, 0, 0, 0, Map.of()),
        1_000L,
        600_000,
        null,
        null);
  }

  @Test
  void shouldSaveWhatIsNoLongerDecoded() {
    pays("first", 5 * Events.UNIT);
    Account last = pays("first", Events.UNIT);
    for (int i = 0; i < MANY; i++) {
      pays("other-" + i, 1);
    }

    assertThat(AccountCodec.decode(Objects.requireNonNull(snapshot("first"))).steps()).isEqualTo(2);
    Account peeked = accounts.peek("first");
    assertThat(accounts.peek("first")).as("not kept").isNotSameAs(peeked);
    Account again = accounts.get("first");
    assertThat(again).isNotSameAs(last);
    assertThat(bytes(again)).isEqualTo(bytes(last));
    assertThat(accounts.get("first")).as("decoded once").isSameAs(again);
    assertThat(bytes(reopen().get("first"))).isEqualTo(bytes(last));
  }

  @Test
  void shouldSaveWhatTheJournalIsAboutToForget() {
    pays("a", 1);
    Account last = pays("a", 2);
    for (int i = 0; i < 40; i++) {
      journal.append(JournalEntry.skipped(Input.USAGE_EVENTS, i));
    }

    journal.forgetBefore(time, accounts::saveChangesUpTo);

    assertThat(HeapStores.count(store(StateStores.JOURNAL))).isEqualTo(1);
    assertThat(bytes(reopen().get("a"))).isEqualTo(bytes(last));
    assertThat(AccountCodec.decode(Objects.requireNonNull(snapshot("a"))).steps()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldKnowEveryAccountAfterAReopeningAtAnyPoint(long seed) {
    Random random = new Random(seed);
    Map<String, byte[]> live = new TreeMap<>();
    for (int i = 0; i < 3_000; i++) {
      String id = "account-" + random.nextInt(8);
      Account account =
          switch (random.nextInt(4)) {
            case 0 -> pays(id, 1 + random.nextInt(1_000));
            case 1 -> overdraws(id, random.nextInt(1_000));
            default ->
                random.nextInt(3) == 0
                    ? applies(hold(id, "h" + random.nextInt(30) + "-" + i))
                    : overdraws(id, random.nextInt(1_000));
          };
      live.put(id, bytes(account));
      if (random.nextInt(40) == 0) {
        reopen();
      }
      if (random.nextInt(60) == 0) {
        journal.forgetBefore(time, accounts::saveChangesUpTo);
      }
    }
    live.forEach((id, bytes) -> assertThat(bytes(accounts.get(id))).isEqualTo(bytes));
    reopen();
    live.forEach((id, bytes) -> assertThat(bytes(accounts.get(id))).isEqualTo(bytes));
    live.forEach((id, bytes) -> assertThat(bytes(committed(id))).isEqualTo(bytes));
  }

  private @Nullable Account committed(String id) {
    CommittedAccount account = new CommittedAccount(id);
    forEach(StateStores.ACCOUNTS, account::readAccounts);
    forEach(StateStores.JOURNAL, account::readJournal);
    return account.get();
  }

  private void forEach(String name, BiConsumer<byte[], byte[]> reader) {
    try (KeyValueIterator<Bytes, byte[]> all = store(name).all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        reader.accept(next.key.get(), next.value);
      }
    }
  }

  @Test
  void shouldCommitNothingOfAnUnknownAccount() {
    pays("a", 1);
    assertThat(committed("b")).isNull();
  }

  @Test
  void shouldNotGuessWhereADeltaIsMissing() {
    pays("a", 1);
    pays("a", 2);
    for (int i = 0; i < 40; i++) {
      journal.append(JournalEntry.skipped(Input.USAGE_EVENTS, i));
    }
    pays("a", 3);
    journal.forgetBefore(time, block -> {});

    assertThatThrownBy(this::reopen)
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("step 3 of an account was to follow its step 1");
  }

  @Test
  void shouldVisitEveryAccountWithItsDeadline() {
    pays("b", 1);
    pays("ü", 1);
    Account last = pays("b", 2);

    Map<String, Long> visited = new TreeMap<>();
    reopen().forEachDeadline(visited::put);

    assertThat(visited).containsOnlyKeys("b", "ü").containsEntry("b", rules.nextDeadline(last));
  }
}
