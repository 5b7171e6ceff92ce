package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.ACCOUNT_BALANCES;
import static io.tollgate.schemas.topics.TopicCatalogue.BLOCKED_USAGE;
import static io.tollgate.schemas.topics.TopicCatalogue.LEDGER_ENTRIES;
import static io.tollgate.schemas.topics.TopicCatalogue.REJECTED_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.EntryFlag;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.LotMovement;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.UsageBlocked;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.config.TollgateConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Folds what the pipeline has committed, and notes everything that cannot be in sound books. */
final class BooksReader implements AutoCloseable {

  /** The books of one account so far. */
  static final class Books {
    private long version;
    private long balanceNanos;
    private long debtNanos;
    private final Set<String> causes = new HashSet<>();
    private final Map<String, Long> lastOffsets = new HashMap<>();
    private final Set<EntryFlag> flags = EnumSet.noneOf(EntryFlag.class);
    private long lowestBalanceNanos;

    long version() {
      return version;
    }

    long balanceNanos() {
      return balanceNanos;
    }

    /** The lowest balance after any entry; 0 at most. */
    long lowestBalanceNanos() {
      return lowestBalanceNanos;
    }

    /** All flags of all entries. */
    Set<EntryFlag> flags() {
      return flags;
    }

    /** By topic and id. */
    Set<String> causes() {
      return causes;
    }
  }

  private final CommittedRecords records;
  private final Map<String, Books> books = new HashMap<>();
  private final Map<String, AccountBalance> balances = new HashMap<>();
  private final Set<String> rejected = new HashSet<>();
  private final List<String> faults = new ArrayList<>();
  private final Map<Integer, Long> entriesByPartition = new HashMap<>();

  BooksReader(TollgateConfig config, int partitions) {
    records =
        new CommittedRecords(
            config, partitions, LEDGER_ENTRIES, ACCOUNT_BALANCES, REJECTED_EVENTS, BLOCKED_USAGE);
  }

  /**
   * Reads until something is reached; the pipeline has to stay alive, and the books sound.
   *
   * @param meanwhile what else is done between two looks
   */
  void await(
      String what,
      long patienceNanos,
      ChildProcess pipeline,
      BooleanSupplier reached,
      Runnable meanwhile) {
    long deadline = System.nanoTime() + patienceNanos;
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline)
          .as("waited too long for %s; %d entries so far", what, entries())
          .isNegative();
      pipeline.requireAlive();
      meanwhile.run();
      poll();
      assertThat(faults).isEmpty();
    }
  }

  /** Reads what was committed meanwhile; waits for a moment if there is nothing. */
  void poll() {
    for (ConsumerRecord<byte[], byte[]> record : records.poll()) {
      if (record.value() == null) {
        faults.add("a tombstone in " + record.topic());
        continue;
      }
      SpecificRecord value = EventCodec.decode(record.value());
      if (value instanceof LedgerEntry entry) {
        entriesByPartition.merge(record.partition(), 1L, Long::sum);
        apply(entry, new String(record.key(), StandardCharsets.UTF_8));
      } else if (value instanceof AccountBalance balance) {
        apply(balance);
      } else if (value instanceof RejectedEvent rejection) {
        apply(rejection);
      } else if (value instanceof UsageBlocked blocked && blocked.getServed()) {
        faults.add("no usage should have been blocked: " + value);
      }
    }
  }

  private void apply(LedgerEntry entry, String key) {
    Books account = books.computeIfAbsent(entry.getAccountId(), id -> new Books());
    long moved = entry.getLotMovements().stream().mapToLong(LotMovement::getDeltaNanos).sum();
    check(key.equals(entry.getAccountId()), "another key", entry);
    check(entry.getVersion() == account.version + 1, "a gap after " + account.version, entry);
    check(
        entry.getEntryId().equals(entry.getAccountId() + ":" + entry.getVersion()),
        "another id",
        entry);
    check(entry.getBalanceBeforeNanos() == account.balanceNanos, "a broken chain", entry);
    check(
        entry.getBalanceBeforeNanos() + entry.getAmountNanos() == entry.getBalanceAfterNanos(),
        "a wrong sum",
        entry);
    check(
        entry.getAmountNanos() == moved - (entry.getDebtAfterNanos() - account.debtNanos),
        "movements that do not add up",
        entry);
    String topic = entry.getCause().getTopic();
    check(account.causes.add(topic + "/" + entry.getCause().getId()), "a second time", entry);
    Long lastOffset = account.lastOffsets.put(topic, entry.getCause().getOffset());
    check(
        lastOffset == null || lastOffset < entry.getCause().getOffset(),
        "another order than its topic's",
        entry);
    account.version = entry.getVersion();
    account.balanceNanos = entry.getBalanceAfterNanos();
    account.lowestBalanceNanos = Math.min(account.lowestBalanceNanos, account.balanceNanos);
    account.flags.addAll(entry.getFlags());
    account.debtNanos = entry.getDebtAfterNanos();
  }

  private void apply(AccountBalance balance) {
    AccountBalance before = balances.put(balance.getAccountId(), balance);
    if (before != null && !isNews(before, balance)) {
      faults.add("a balance that is no news: " + balance);
    }
  }

  /** Held money changes a balance without an entry. */
  private static boolean isNews(AccountBalance before, AccountBalance balance) {
    return balance.getVersion() >= before.getVersion()
        && !AccountBalance.newBuilder(before).setAsOf(balance.getAsOf()).build().equals(balance);
  }

  private void apply(RejectedEvent rejection) {
    String coordinates =
        "%s:%d:%d"
            .formatted(
                rejection.getSourceTopic(),
                rejection.getSourcePartition(),
                rejection.getSourceOffset());
    if (!rejected.add(coordinates)) {
      faults.add("rejected twice: " + coordinates);
    }
  }

  private void check(boolean sound, String fault, LedgerEntry entry) {
    if (!sound) {
      faults.add(fault + ": " + entry);
    }
  }

  /** Ledger entries read so far. */
  long entries() {
    return entriesByPartition.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The same, by partition. */
  Map<Integer, Long> entriesByPartition() {
    return entriesByPartition;
  }

  /** Everything that should not be; empty for sound books. */
  List<String> faults() {
    return faults;
  }

  Map<String, Books> books() {
    return books;
  }

  /** The last published balance of each account. */
  Map<String, AccountBalance> balances() {
    return balances;
  }

  /** How many records were rejected. */
  int rejected() {
    return rejected.size();
  }

  @Override
  public void close() {
    records.close();
  }
}
