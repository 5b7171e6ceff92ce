package io.tollgate.consumers.gate;

import io.tollgate.events.AccountAccess;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The latest state of every account. One thread writes, any read. */
final class AccountTable {

  private final ConcurrentMap<String, AccountState> states = new ConcurrentHashMap<>();

  /**
   * Takes over a record of the topic.
   *
   * @param access null: the account is as one without a record
   */
  void put(String accountId, @Nullable AccountAccess access) {
    if (access == null) {
      states.remove(accountId);
    } else {
      states.put(accountId, AccountState.of(access));
    }
  }

  AccountState get(String accountId) {
    AccountState state = states.get(accountId);
    return state == null ? AccountState.UNKNOWN : state;
  }

  int size() {
    return states.size();
  }
}
