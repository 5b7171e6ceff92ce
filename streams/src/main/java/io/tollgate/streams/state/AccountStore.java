package io.tollgate.streams.state;

import io.tollgate.domain.account.Account;
import io.tollgate.domain.account.AccountCodec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The accounts of one task: snapshots in the store, those in use decoded on the heap. */
public final class AccountStore {

  /** Decoded accounts kept by each task: about 1 KB each, and few of all are busy at a time. */
  private static final int DECODED = 20_000;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<String, Account> decoded =
      new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
          return size() > DECODED;
        }
      };

  public AccountStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Receives an account's next deadline. */
  @FunctionalInterface
  public interface DeadlineVisitor {
    void visit(String accountId, long nextDeadline);
  }

  /** Null if nothing of the account was ever accepted. */
  public @Nullable Account get(String accountId) {
    Account account = decoded.get(accountId);
    if (account == null) {
      byte[] snapshot = store.get(key(accountId));
      if (snapshot == null) {
        return null;
      }
      account = AccountCodec.decode(snapshot);
      decoded.put(accountId, account);
    }
    return account;
  }

  public void put(Account account, long nextDeadline) {
    store.put(key(account.id()), AccountCodec.encode(account, nextDeadline));
    decoded.put(account.id(), account);
  }

  /** Visits every account, to learn when each is due. */
  public void forEachDeadline(DeadlineVisitor visitor) {
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> entry = all.next();
        visitor.visit(
            new String(entry.key.get(), StandardCharsets.UTF_8),
            AccountCodec.nextDeadline(entry.value));
      }
    }
  }

  private static Bytes key(String accountId) {
    return Bytes.wrap(accountId.getBytes(StandardCharsets.UTF_8));
  }
}
