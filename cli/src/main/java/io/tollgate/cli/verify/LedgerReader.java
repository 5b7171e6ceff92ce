package io.tollgate.cli.verify;

import io.tollgate.cli.ProgressLine;
import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.LedgerEntry;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.serde.EventDecodingException;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Feeds a {@link LedgerCheck} with the ledger and the balances of an installation. */
final class LedgerReader implements AutoCloseable {

  // The topics of one transaction become readable one after the other, milliseconds apart.
  private static final Duration COMMIT_SKEW = Duration.ofSeconds(5);

  private final CommittedRecords balances;
  private final CommittedRecords ledger;
  private final ProgressLine progress;
  private final LedgerCheck check = new LedgerCheck();
  private long records;
  private long total;

  LedgerReader(TollgateConfig config, ProgressLine progress) {
    this.progress = progress;
    balances = CommittedRecords.all(config, TopicCatalogue.ACCOUNT_BALANCES);
    try {
      ledger = CommittedRecords.all(config, TopicCatalogue.LEDGER_ENTRIES);
    } catch (RuntimeException e) {
      balances.close();
      throw e;
    }
  }

  /**
   * Reads everything there is.
   *
   * @param patience how long to wait for balances that lag behind
   */
  LedgerCheck.Result check(Duration patience) {
    total = balances.size() + ledger.size();
    read();
    check.setTarget();
    long start = System.nanoTime();
    // The second look finds the balances of accounts that began during the first.
    read();
    while (mustLookAgain(System.nanoTime() - start, patience)) {
      balances.awaitMore(this::takeBalance);
      ledger.readToEnd(this::takeEntry);
    }
    progress.close();
    return check.result();
  }

  private boolean mustLookAgain(long waited, Duration patience) {
    return (check.lagging() > 0 && waited < patience.toNanos())
        || (check.unmatched() > 0 && waited < COMMIT_SKEW.toNanos());
  }

  /** Balances first: the ledger then reaches the version of each. */
  private void read() {
    balances.readToEnd(this::takeBalance);
    ledger.readToEnd(this::takeEntry);
  }

  private void takeBalance(ConsumerRecord<byte[], byte[]> record) {
    take(
        record,
        TopicCatalogue.ACCOUNT_BALANCES,
        AccountBalance.class,
        check::add,
        AccountBalance::getAccountId);
  }

  private void takeEntry(ConsumerRecord<byte[], byte[]> record) {
    take(
        record,
        TopicCatalogue.LEDGER_ENTRIES,
        LedgerEntry.class,
        check::add,
        LedgerEntry::getAccountId);
  }

  private <T extends SpecificRecord> void take(
      ConsumerRecord<byte[], byte[]> record,
      TopicSpec topic,
      Class<T> type,
      Consumer<T> target,
      Function<T, String> accountId) {
    records++;
    progress.at(records, total);
    String where = "%s-%d@%d".formatted(topic.name(), record.partition(), record.offset());
    if (record.value() == null) {
      check.addForeign(where, "a tombstone; balances and entries are never taken back");
      return;
    }
    T value;
    try {
      value = type.cast(EventCodec.decode(record.value(), topic.recordSet()));
    } catch (EventDecodingException e) {
      check.addForeign(where, String.valueOf(e.getMessage()));
      return;
    }
    byte[] key = accountId.apply(value).getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(record.key(), key)) {
      check.addForeign(where, "its key is not its account, " + accountId.apply(value));
    }
    target.accept(value);
  }

  @Override
  public void close() {
    try {
      balances.close();
    } finally {
      ledger.close();
    }
  }
}
