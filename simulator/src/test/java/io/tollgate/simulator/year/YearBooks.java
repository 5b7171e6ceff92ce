package io.tollgate.simulator.year;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.Lifetime;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.UsageBlocked;
import io.tollgate.simulator.OutputRecord;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the world outside has paid, given, taken back and used, beside what the ledger says: the two
 * must be equal, for each account and in total.
 */
final class YearBooks {

  private static final int MOST_ATTEMPTS = 4;

  /** What moved the credit of an account, told from outside. */
  static final class Expected {
    long purchased;
    long granted;
    long refunded;
    long disputed;
    long monthlyLimit = Long.MAX_VALUE;
  }

  private final Map<String, Expected> expected = new TreeMap<>();
  private final Map<String, Map<EntryType, Long>> byType = new HashMap<>();
  private final Map<EntryType, Long> entries = new EnumMap<>(EntryType.class);
  private final Map<AlertType, Long> alerts = new EnumMap<>(AlertType.class);
  private final Map<String, RechargeRequested> recharges = new HashMap<>();
  private final Map<String, Long> succeededRecharges = new TreeMap<>();
  private final Set<String> phones = new HashSet<>();
  private final Set<String> undecidedUsage = new HashSet<>();
  private long usage;
  private long records;

  Expected expect(String account) {
    return expected.computeIfAbsent(account, id -> new Expected());
  }

  /** Whether it is the first account that verifies this phone. */
  boolean isFirstWith(String phone) {
    return phones.add(phone);
  }

  /** Usage is reported, for the first time. */
  void reported(String eventId) {
    usage++;
    undecidedUsage.add(eventId);
  }

  /** Amounts of the recharges that the ledger knows to have succeeded. */
  Map<String, Long> succeededRecharges() {
    return succeededRecharges;
  }

  Map<EntryType, Long> entries() {
    return entries;
  }

  Map<AlertType, Long> alerts() {
    return alerts;
  }

  void add(OutputRecord record) {
    records++;
    if (record.value() instanceof LedgerEntry entry) {
      add(entry);
    } else if (record.value() instanceof BalanceAlert alert) {
      alerts.merge(alert.getType(), 1L, Long::sum);
    } else if (record.value() instanceof UsageBlocked blocked && blocked.getServed()) {
      decided(blocked.getId());
    } else if (record.value() instanceof RechargeRequested request) {
      assertThat(request.getAttempt()).isBetween(1, MOST_ATTEMPTS);
      recharges.putIfAbsent(request.getRechargeId(), request);
    } else if (record.value() instanceof RejectedEvent rejected) {
      throw new AssertionError("nothing that was sent should be rejected: " + rejected);
    }
  }

  private void add(LedgerEntry entry) {
    entries.merge(entry.getType(), 1L, Long::sum);
    byType
        .computeIfAbsent(entry.getAccountId(), id -> new EnumMap<>(EntryType.class))
        .merge(entry.getType(), entry.getAmountNanos(), Math::addExact);
    if (entry.getType() == EntryType.USAGE) {
      decided(entry.getCause().getId());
    } else if (entry.getType() == EntryType.PURCHASE) {
      String payment = entry.getCause().getId();
      if (payment.startsWith(CardProvider.CHARGE)) {
        String key = payment.substring(CardProvider.CHARGE.length());
        assertThat(
                succeededRecharges.put(
                    key.substring(0, key.lastIndexOf(':')), entry.getAmountNanos()))
            .as("%s is the only success of its recharge", key)
            .isNull();
      }
    }
  }

  private void decided(String eventId) {
    if (!undecidedUsage.remove(eventId)) {
      throw new AssertionError(eventId + " was decided twice, or never reported");
    }
  }

  /** Compares the balances with all of it. */
  void checkAtTheEnd(List<OutputRecord> balances) {
    assertThat(undecidedUsage).as("usage that nothing was said of").isEmpty();
    assertThat(balances).hasSameSizeAs(expected.keySet());
    Map<EntryType, Long> total = new EnumMap<>(EntryType.class);
    long posted = 0;
    for (OutputRecord record : balances) {
      AccountBalance balance = (AccountBalance) requireNonNull(record.value());
      Map<EntryType, Long> moved = requireNonNull(byType.get(balance.getAccountId()));
      assertThat(balance.getPostedNanos())
          .as("posted of %s", balance.getAccountId())
          .isEqualTo(moved.values().stream().reduce(0L, Math::addExact));
      checkLifetime(balance, moved);
      moved.forEach((type, amount) -> total.merge(type, amount, Math::addExact));
      posted = Math.addExact(posted, balance.getPostedNanos());
    }
    assertThat(posted)
        .as("all that is left, of all that came and went")
        .isEqualTo(total.values().stream().reduce(0L, Math::addExact));
    assertThat(total.get(EntryType.PURCHASE))
        .as("all that was ever paid")
        .isEqualTo(expected.values().stream().mapToLong(of -> of.purchased).sum());
    checkMonthlyLimits();
  }

  private void checkLifetime(AccountBalance balance, Map<EntryType, Long> moved) {
    Expected outside = expect(balance.getAccountId());
    Lifetime lifetime = balance.getLifetime();
    String account = balance.getAccountId();
    assertThat(lifetime.getPurchased()).as("purchased: %s", account).isEqualTo(outside.purchased);
    assertThat(lifetime.getGranted()).as("granted: %s", account).isEqualTo(outside.granted);
    assertThat(lifetime.getRefunded()).as("refunded: %s", account).isEqualTo(outside.refunded);
    assertThat(lifetime.getDisputed()).as("disputed: %s", account).isEqualTo(outside.disputed);
    assertThat(lifetime.getUsed())
        .as("used: %s", account)
        .isEqualTo(-moved.getOrDefault(EntryType.USAGE, 0L));
    assertThat(lifetime.getExpired())
        .as("expired: %s", account)
        .isEqualTo(-moved.getOrDefault(EntryType.EXPIRY, 0L));
    assertThat(lifetime.getVoided())
        .as("voided: %s", account)
        .isEqualTo(-moved.getOrDefault(EntryType.VOID, 0L));
  }

  private void checkMonthlyLimits() {
    Map<String, Long> charged = new TreeMap<>();
    succeededRecharges.forEach(
        (recharge, amount) -> {
          RechargeRequested first = requireNonNull(recharges.get(recharge));
          Instant requested = first.getRequestedAt();
          YearMonth month = YearMonth.from(requested.atZone(ZoneOffset.UTC));
          long sum = charged.merge(first.getAccountId() + " in " + month, amount, Math::addExact);
          assertThat(sum)
              .as("charged to %s in %s", first.getAccountId(), month)
              .isLessThanOrEqualTo(expect(first.getAccountId()).monthlyLimit);
        });
  }

  @Override
  public String toString() {
    return "%,d records of output, %,d usage events; entries %s; alerts %s; recharges %d, of which %d paid"
        .formatted(records, usage, entries, alerts, recharges.size(), succeededRecharges.size());
  }
}
