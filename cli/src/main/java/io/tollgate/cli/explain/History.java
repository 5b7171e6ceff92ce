package io.tollgate.cli.explain;

import io.tollgate.cli.kafka.TopicRecord;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * What is known of one account, as far as one question needs it: of its usage only what the
 * question is about and the last few entries, of everything else all. Not safe for use by several
 * threads.
 */
final class History {

  private static final int LAST = 10;

  private final String accountId;
  private final Predicate<SpecificRecord> isAskedFor;
  private final List<TopicRecord> records = new ArrayList<>();
  private final Deque<TopicRecord> lastUsage = new ArrayDeque<>();

  History(String accountId, Predicate<SpecificRecord> isAskedFor) {
    this.accountId = accountId;
    this.isAskedFor = isAskedFor;
  }

  String accountId() {
    return accountId;
  }

  void add(TopicRecord record) {
    SpecificRecord value = record.value();
    if (value == null) {
      return;
    }
    if (value instanceof LedgerEntry entry
        && entry.getType() == EntryType.USAGE
        && !isAskedFor.test(value)) {
      lastUsage.add(record);
      if (lastUsage.size() > LAST) {
        lastUsage.remove();
      }
      return;
    }
    records.add(record);
  }

  boolean isEmpty() {
    return records.isEmpty() && lastUsage.isEmpty();
  }

  /** Its records of one type, with where they are, in the order in which they were read. */
  <T extends SpecificRecord> List<Found<T>> all(Class<T> type) {
    return Stream.concat(records.stream(), lastUsage.stream())
        .filter(record -> type.isInstance(record.value()))
        .map(record -> new Found<>(record, type.cast(record.value())))
        .sorted(Comparator.comparing((Found<T> found) -> found.source().timestamp()))
        .toList();
  }

  /** A record and where it is. */
  record Found<T>(TopicRecord source, T value) {}
}
