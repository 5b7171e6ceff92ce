package io.tollgate.streams.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.RuleSettings;
import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.AccountCodec;
import io.tollgate.domain.account.AccountRules;
import io.tollgate.domain.account.Arrival;
import io.tollgate.domain.account.Decision;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.domain.rating.Reference;
import io.tollgate.streams.config.DeclineFile;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.fixture.HeapStores;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountStoreTest {

  /** More than are kept decoded. */
  private static final int MANY = 100_000;

  private static final long START = Events.START.toEpochMilli();

  private final KeyValueStore<Bytes, byte[]> store = HeapStores.create(StateStores.ACCOUNTS);
  private final AccountStore accounts = new AccountStore(store);
  private final AccountRules rules =
      new AccountRules(
          RuleSettings.defaults(DeclineFile.shipped()),
          new Reference(),
          new StoredMemory(
              new Journal(HeapStores.create(StateStores.JOURNAL), 1),
              new ForeverStore(HeapStores.create(StateStores.PAYMENTS))));

  private Account account(String id, long amountNanos) {
    AccountEvent payment =
        new AccountEvent.PaymentSucceeded(
            "p", id, amountNanos, "USD", START, null, null, null, List.of());
    Arrival arrival = new Arrival("payment-events", 0, 0, START, START);
    return ((Decision.Applied) rules.decide(null, payment, arrival)).account();
  }

  private static byte[] bytes(@Nullable Account account) {
    return AccountCodec.encode(Objects.requireNonNull(account), 0);
  }

  @Test
  void shouldNotKnowAnAccountThatWasNeverPut() {
    assertThat(accounts.get("a")).isNull();
  }

  @Test
  void shouldReturnWhatWasPutLast() {
    accounts.put(account("a", 1), 10);
    Account last = account("a", 2);
    accounts.put(last, 20);

    assertThat(accounts.get("a")).isSameAs(last);
  }

  @Test
  void shouldReadBackFromTheStoreWhatIsNoLongerDecoded() {
    Account first = account("first", 5 * Events.UNIT);
    accounts.put(first, 10);
    Account other = account("other", Events.UNIT);
    for (int i = 0; i < MANY; i++) {
      accounts.put(renamed(other, i), 20);
    }

    Account again = accounts.get("first");

    assertThat(again).isNotSameAs(first);
    assertThat(bytes(again)).isEqualTo(bytes(first));
    assertThat(accounts.get("first")).as("decoded once").isSameAs(again);
  }

  private Account renamed(Account account, int number) {
    return account("other-" + number, account.balance().postedNanos());
  }

  @Test
  void shouldReadTheSameFromTheStoreOfATaskBefore() {
    Account account = account("a", 5 * Events.UNIT);
    accounts.put(account, 10);

    assertThat(bytes(new AccountStore(store).get("a"))).isEqualTo(bytes(account));
  }

  @Test
  void shouldVisitEveryAccountWithItsDeadline() {
    accounts.put(account("b", 1), 20);
    accounts.put(account("ü", 1), AccountRules.NOTHING_DUE);
    accounts.put(account("a", 1), 10);
    accounts.put(account("b", 2), 30);

    Map<String, Long> visited = new TreeMap<>();
    new AccountStore(store).forEachDeadline(visited::put);

    assertThat(visited)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("a", 10L, "b", 30L, "ü", AccountRules.NOTHING_DUE));
  }
}
