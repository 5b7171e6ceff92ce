package io.tollgate.streams.state;

import io.tollgate.domain.account.AccountRules;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which account is due next: by time, at equal times by account. */
public final class DeadlineQueue {

  private record Due(long time, String accountId) {}

  private final TreeSet<Due> queue =
      new TreeSet<>(Comparator.comparingLong(Due::time).thenComparing(Due::accountId));
  private final Map<String, Due> byAccount = new HashMap<>();

  /** Replaces the account's deadline; {@link AccountRules#NOTHING_DUE} removes it. */
  public void set(String accountId, long time) {
    Due before = byAccount.get(accountId);
    if (before != null) {
      if (before.time() == time) {
        return;
      }
      queue.remove(before);
    }
    if (time == AccountRules.NOTHING_DUE) {
      byAccount.remove(accountId);
      return;
    }
    Due due = new Due(time, accountId);
    queue.add(due);
    byAccount.put(accountId, due);
  }

  /** When the first is due, or {@link AccountRules#NOTHING_DUE}. */
  public long firstTime() {
    return queue.isEmpty() ? AccountRules.NOTHING_DUE : queue.first().time();
  }

  /** The account that is due first; null if none waits. */
  public @Nullable String firstAccount() {
    return queue.isEmpty() ? null : queue.first().accountId();
  }
}
