package io.tollgate.cli.explain;

import io.tollgate.cli.Money;
import io.tollgate.cli.RecordWords;
import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.explain.Story.Moment;
import io.tollgate.events.AccountAccess;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.UsageBlocked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** How an account stands, and what happened to it last. */
final class AccountStory {

  private static final int LAST = 20;

  private AccountStory() {}

  static Story of(History history) {
    AccountBalance balance = history.last(AccountBalance.class).orElse(null);
    List<Moment> moments = new ArrayList<>();
    add(history, LedgerEntry.class, LedgerEntry::getRecordedAt, moments);
    add(history, UsageBlocked.class, UsageBlocked::getOccurredAt, moments);
    add(history, BalanceAlert.class, BalanceAlert::getOccurredAt, moments);
    add(history, RechargeRequested.class, RechargeRequested::getRequestedAt, moments);
    moments.sort(Comparator.comparing(Moment::at));
    return new Story(
        "account",
        history.accountId(),
        history.accountId(),
        balance == null
            ? "%s has no balance yet".formatted(history.accountId())
            : "%s has %s available"
                .formatted(
                    history.accountId(),
                    Money.format(balance.getAvailableNanos(), balance.getCurrency())),
        Stream.of(history.last(AccountBalance.class), history.last(AccountAccess.class))
            .flatMap(Optional::stream)
            .map(RecordWords::of)
            .toList(),
        moments.subList(Math.max(0, moments.size() - LAST), moments.size()),
        List.of());
  }

  private static <T extends SpecificRecord> void add(
      History history, Class<T> type, Function<T, Instant> time, List<Moment> moments) {
    for (Found<T> found : history.all(type)) {
      moments.add(
          new Moment(
              time.apply(found.value()),
              type.getSimpleName() + "  " + RecordWords.of(found.value()),
              found.source()));
    }
  }
}
