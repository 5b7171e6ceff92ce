package io.tollgate.cli.explain;

import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.cli.kafka.TopicRecord;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationReleased;
import io.tollgate.events.AuthorizationRequested;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RechargeRequested;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one account, as far as one question needs it: of its usage and authorizations
 * only what the question is about and the last few entries, of everything else all. Requests to
 * recharge come first: what follows is looked at for what made them fire. Not safe for use by
 * several threads.
 */
final class History {

  private static final int LAST = 10;

  private final String accountId;
  private final Predicate<SpecificRecord> isAskedFor;
  private final List<TopicRecord> records = new ArrayList<>();
  private final Deque<TopicRecord> lastUsage = new ArrayDeque<>();
  private final Map<String, RechargeTrigger> triggers = new LinkedHashMap<>();

  History(String accountId, Predicate<SpecificRecord> isAskedFor) {
    this.accountId = accountId;
    this.isAskedFor = isAskedFor;
  }

  String accountId() {
    return accountId;
  }

  void add(TopicRecord record) {
    SpecificRecord value = record.value();
    if (value == null) { // a tombstone takes back what its topic said, or it is no record at all
      records.removeIf(before -> before.topic().equals(record.topic()) && record.bytes() == null);
      return;
    }
    triggers.values().forEach(trigger -> trigger.see(record));
    if (value instanceof RechargeRequested request) {
      triggers.computeIfAbsent(request.getRechargeId(), id -> new RechargeTrigger(record, request));
    }
    if (isOfAuthorization(value) && !isAskedFor.test(value)) {
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

  private static boolean isOfAuthorization(SpecificRecord value) {
    return value instanceof AuthorizationRequested
        || value instanceof AuthorizationReleased
        || value instanceof AuthorizationDecided;
  }

  /** What made this recharge fire; null if that is not in the topics any more. */
  @Nullable Moment trigger(String rechargeId) {
    RechargeTrigger trigger = triggers.get(rechargeId);
    return trigger == null ? null : trigger.find();
  }

  /** Of its amounts. */
  String currency() {
    return last(AccountBalance.class).map(AccountBalance::getCurrency).orElse("USD");
  }

  /** The last of its records of one type. */
  <T extends SpecificRecord> Optional<T> last(Class<T> type) {
    return all(type).stream().map(Found::value).reduce((before, after) -> after);
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
