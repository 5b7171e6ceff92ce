package io.tollgate.sandbox.demo;

import io.tollgate.cli.kafka.CommittedRecords;
import io.tollgate.cli.verify.LedgerCheck;
import io.tollgate.events.AccountBalance;
import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.PaymentFailed;
import io.tollgate.events.PaymentSucceeded;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.UsageBlocked;
import io.tollgate.events.UsageEvent;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.serde.EventDecodingException;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.TollgateConfig;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads what a demo left behind in Kafka: committed records only, from the start of each topic. */
final class BooksReader {

  private static final int TOP_ACCOUNTS = 5;

  private record Payment(String accountId, String paymentId) {}

  private final TollgateConfig config;
  private final RequestAccounting requests = new RequestAccounting();
  private final LedgerCheck ledgerCheck = new LedgerCheck();
  private final Map<AlertType, Long> alerts = new EnumMap<>(AlertType.class);
  private final Map<String, AccountBalance> balances = new HashMap<>();
  private final Map<String, Long> charges = new HashMap<>();
  private final Map<String, Long> chargedNanos = new HashMap<>();
  private final Map<Payment, String> rechargePayments = new HashMap<>();
  private final RechargeOutcomes recharges;
  private long purchased;
  private long granted;
  private long recharged;
  private long writtenOff;
  private long rejectedOthers;

  private BooksReader(TollgateConfig config) {
    this.config = config;
    this.recharges = new RechargeOutcomes(config.rules().declines());
  }

  static Books read(TollgateConfig config) {
    return new BooksReader(config).read();
  }

  private Books read() {
    read(TopicCatalogue.USAGE_EVENTS, this::addSent);
    read(TopicCatalogue.PAYMENT_EVENTS, this::addPayment);
    read(TopicCatalogue.BLOCKED_USAGE, this::addBlock);
    read(TopicCatalogue.REJECTED_EVENTS, this::addRejection);
    read(TopicCatalogue.BALANCE_ALERTS, this::addAlert);
    read(TopicCatalogue.RECHARGE_REQUESTS, this::addRecharge);
    // Balances first: the check compares each when the ledger reaches its version.
    read(TopicCatalogue.ACCOUNT_BALANCES, this::addBalance);
    read(TopicCatalogue.LEDGER_ENTRIES, this::addEntry);
    return new Books(
        requests.fates(),
        purchased,
        granted,
        recharged,
        chargedNanos.values().stream().mapToLong(Long::longValue).sum(),
        balances.values().stream().mapToLong(AccountBalance::getDebtNanos).sum(),
        writtenOff,
        recharges,
        rejectedOthers,
        alerts,
        topAccounts(),
        ledgerCheck.result());
  }

  private void read(TopicSpec topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    try (CommittedRecords records = CommittedRecords.all(config, topic)) {
      records.readToEnd(sink);
    }
  }

  private static <T> T decode(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
    return type.cast(EventCodec.decode(record.value()));
  }

  private void addSent(ConsumerRecord<byte[], byte[]> record) {
    try {
      UsageEvent usage = decode(record, UsageEvent.class);
      requests.addSent(
          record.partition(), record.offset(), usage.getAccountId(), usage.getEventId());
    } catch (EventDecodingException e) {
      // Sent so on purpose; the pipeline must have found the same.
      requests.addUnreadable(record.partition(), record.offset());
    }
  }

  private void addPayment(ConsumerRecord<byte[], byte[]> record) {
    SpecificRecord event = EventCodec.decode(record.value());
    if (event instanceof PaymentFailed decline) {
      recharges.add(decline);
    } else if (event instanceof PaymentSucceeded payment && payment.getRechargeId() != null) {
      rechargePayments.put(
          new Payment(payment.getAccountId(), payment.getPaymentId()), payment.getRechargeId());
    }
  }

  private void addBlock(ConsumerRecord<byte[], byte[]> record) {
    UsageBlocked block = decode(record, UsageBlocked.class);
    requests.addBlock(block.getAccountId(), block.getId(), block.getReason());
  }

  private void addRejection(ConsumerRecord<byte[], byte[]> record) {
    RejectedEvent rejection = decode(record, RejectedEvent.class);
    if (rejection.getSourceTopic().equals(TopicCatalogue.USAGE_EVENTS.name())) {
      requests.addRejection(
          rejection.getSourcePartition(), rejection.getSourceOffset(), rejection.getReason());
    } else {
      rejectedOthers++;
    }
  }

  private void addAlert(ConsumerRecord<byte[], byte[]> record) {
    alerts.merge(decode(record, BalanceAlert.class).getType(), 1L, Long::sum);
  }

  private void addRecharge(ConsumerRecord<byte[], byte[]> record) {
    recharges.add(decode(record, RechargeRequested.class));
  }

  private void addBalance(ConsumerRecord<byte[], byte[]> record) {
    AccountBalance balance = decode(record, AccountBalance.class);
    balances.put(balance.getAccountId(), balance);
    ledgerCheck.add(balance);
  }

  private void addEntry(ConsumerRecord<byte[], byte[]> record) {
    LedgerEntry entry = decode(record, LedgerEntry.class);
    ledgerCheck.add(entry);
    writtenOff += entry.getWrittenOffNanos();
    String accountId = entry.getAccountId();
    if (entry.getType() == EntryType.USAGE) {
      requests.addCharge(entry.getCause().getPartition(), entry.getCause().getOffset());
      charges.merge(accountId, 1L, Long::sum);
      chargedNanos.merge(accountId, -entry.getAmountNanos(), Long::sum);
    } else if (entry.getType() == EntryType.GRANT) {
      granted += entry.getAmountNanos();
    } else if (entry.getType() == EntryType.PURCHASE) {
      String rechargeId = rechargePayments.get(new Payment(accountId, entry.getCause().getId()));
      if (rechargeId != null) {
        recharged += entry.getAmountNanos();
        recharges.addCredited(rechargeId);
      } else {
        purchased += entry.getAmountNanos();
      }
    }
  }

  private List<AccountTotals> topAccounts() {
    return chargedNanos.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(TOP_ACCOUNTS)
        .map(account -> totals(account.getKey(), account.getValue()))
        .toList();
  }

  private AccountTotals totals(String accountId, long charged) {
    AccountBalance balance = balances.get(accountId);
    return new AccountTotals(
        accountId,
        charges.getOrDefault(accountId, 0L),
        charged,
        balance == null ? 0 : balance.getPostedNanos());
  }
}
