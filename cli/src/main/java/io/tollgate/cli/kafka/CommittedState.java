package io.tollgate.cli.kafka;

import io.tollgate.cli.Console;
import io.tollgate.domain.account.Account;
import io.tollgate.domain.claims.ClaimCodec;
import io.tollgate.domain.claims.ClaimState;
import io.tollgate.domain.codec.CorruptStateException;
import io.tollgate.streams.config.TollgateConfig;
import io.tollgate.streams.state.CommittedAccount;
import io.tollgate.streams.state.StateStores;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** State of the pipeline as it has committed it, from the changelogs of its stores. */
public final class CommittedState {

  /** A snapshot that is replaced while it is read is read again; more in a row is no accident. */
  private static final int TRIES = 3;

  private final TollgateConfig config;
  private final Console console;

  public CommittedState(TollgateConfig config, Console console) {
    this.config = config;
    this.console = console;
  }

  /**
   * Null if nothing of the account was ever accepted.
   *
   * @throws io.tollgate.cli.CommandException if no instance has run yet
   */
  public @Nullable Account account(String accountId) {
    for (int tried = 1; ; tried++) {
      CommittedAccount account = new CommittedAccount(accountId);
      read(
          changelog(config.applicationId(), StateStores.ACCOUNTS, accountId),
          record -> account.readAccounts(record.key(), record.value()));
      read(
          changelog(config.applicationId(), StateStores.JOURNAL, accountId),
          record -> account.readJournal(record.key(), record.value()));
      try {
        return account.get();
      } catch (CorruptStateException e) {
        if (tried == TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * What the registry keeps under a claim key; null if nothing.
   *
   * @throws io.tollgate.cli.CommandException if no instance has run yet
   */
  public @Nullable ClaimState claim(String claimKey) {
    byte[] key = claimKey.getBytes(StandardCharsets.UTF_8);
    AtomicReference<byte @Nullable []> last = new AtomicReference<>();
    read(
        changelog(config.registryApplicationId(), StateStores.CLAIMS, claimKey),
        record -> {
          if (Arrays.equals(record.key(), key)) {
            last.set(record.value());
          }
        });
    byte[] state = last.get();
    return state == null ? null : ClaimCodec.decode(state);
  }

  private CommittedRecords changelog(String applicationId, String store, String key) {
    return CommittedRecords.changelog(config, applicationId, store, key);
  }

  private void read(CommittedRecords records, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    try (records) {
      records.readToEnd(console, sink);
    }
  }
}
