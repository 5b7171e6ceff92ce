package io.tollgate.cli.explain;

import io.tollgate.cli.Console;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.cli.kafka.TopicRecord;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads what topics say of an account, or of an id whose account is not known. */
final class HistoryReader {

  /** Smallest first: a search ends at the first that knows the id. */
  private static final List<TopicSpec> SEARCHED =
      List.of(
          TopicCatalogue.RECHARGE_REQUESTS,
          TopicCatalogue.PAYMENT_EVENTS,
          TopicCatalogue.BALANCE_ALERTS,
          TopicCatalogue.BLOCKED_USAGE,
          TopicCatalogue.AUTHORIZATION_DECISIONS,
          TopicCatalogue.ACCOUNT_BALANCES,
          TopicCatalogue.LEDGER_ENTRIES);

  /** A history wants to know what was requested before it sees what led to it. */
  private static final TopicSpec FIRST = TopicCatalogue.RECHARGE_REQUESTS;

  /** With settings and notices, which have no ids of their own, and what was asked. */
  private static final TopicSpec[] OTHERS =
      Stream.concat(
              SEARCHED.stream().filter(topic -> !topic.equals(FIRST)),
              Stream.of(
                  TopicCatalogue.ACCOUNT_EVENTS,
                  TopicCatalogue.ACCOUNT_ACCESS,
                  TopicCatalogue.CREDIT_NOTICES,
                  TopicCatalogue.AUTHORIZATION_REQUESTS))
          .toArray(TopicSpec[]::new);

  private final TollgateConfig config;
  private final Console console;

  HistoryReader(TollgateConfig config, Console console) {
    this.config = config;
    this.console = console;
  }

  /** Its history, as far as it is asked for. */
  History read(String accountId, Predicate<SpecificRecord> isAskedFor) {
    History history = new History(accountId, isAskedFor);
    Consumer<TopicRecord> own =
        record -> {
          if (accountId.equals(record.key())) {
            history.add(record);
          }
        };
    read(CommittedRecords.ofKey(config, accountId, FIRST), own);
    read(CommittedRecords.ofKey(config, accountId, OTHERS), own);
    return history;
  }

  /** The account that has a record that is asked for; looks through all accounts. */
  Optional<String> accountOf(Predicate<SpecificRecord> isAskedFor) {
    AtomicReference<@Nullable String> found = new AtomicReference<>();
    for (TopicSpec topic : SEARCHED) {
      read(
          CommittedRecords.all(config, topic),
          record -> {
            if (record.value() != null && isAskedFor.test(record.value())) {
              found.compareAndSet(null, record.key());
            }
          });
      if (found.get() != null) {
        break;
      }
    }
    return Optional.ofNullable(found.get());
  }

  Policies policies() {
    Policies policies = new Policies();
    read(
        CommittedRecords.all(config, TopicCatalogue.ACCESS_POLICIES),
        record -> {
          if (record.value() instanceof ModelAccessPolicy policy) {
            policies.add(new Found<>(record, policy));
          }
        });
    return policies;
  }

  private void read(CommittedRecords records, Consumer<TopicRecord> sink) {
    try (records) {
      records.readToEnd(
          console,
          record -> {
            String name = config.topicNames().strip(record.topic());
            sink.accept(TopicRecord.of(TopicCatalogue.byName(name).orElseThrow(), record));
          });
    }
  }
}
