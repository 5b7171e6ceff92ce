package io.tollgate.sandbox.demo;

import io.tollgate.events.AccountBalance;
import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.BlockReason;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.RechargeRequested;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.events.UsageBlocked;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts the pipeline's outputs as they come, for the live view. */
final class OutputTally {

  /** The topics whose records it counts. */
  static final List<TopicSpec> TOPICS =
      List.of(
          TopicCatalogue.LEDGER_ENTRIES,
          TopicCatalogue.ACCOUNT_BALANCES,
          TopicCatalogue.BALANCE_ALERTS,
          TopicCatalogue.RECHARGE_REQUESTS,
          TopicCatalogue.BLOCKED_USAGE,
          TopicCatalogue.REJECTED_EVENTS);

  private final Map<BlockReason, Long> blocked = new EnumMap<>(BlockReason.class);
  private final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
  private final Map<AlertType, Long> alerts = new EnumMap<>(AlertType.class);
  private final Set<String> recharges = new HashSet<>();
  private final Map<String, Long> ledgerVersions = new HashMap<>();
  private final Map<String, Long> balanceVersions = new HashMap<>();
  private long charged;
  private long chargedNanos;
  private long rechargesPaid;
  private long rechargedNanos;

  synchronized void add(List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.value() != null) {
        add(EventCodec.decode(record.value()));
      }
    }
  }

  private void add(SpecificRecord record) {
    if (record instanceof LedgerEntry entry) {
      add(entry);
    } else if (record instanceof AccountBalance balance) {
      balanceVersions.put(balance.getAccountId(), balance.getVersion());
    } else if (record instanceof UsageBlocked block) {
      blocked.merge(block.getReason(), 1L, Long::sum);
    } else if (record instanceof RejectedEvent rejection) {
      rejected.merge(rejection.getReason(), 1L, Long::sum);
    } else if (record instanceof BalanceAlert alert) {
      alerts.merge(alert.getType(), 1L, Long::sum);
    } else if (record instanceof RechargeRequested request) {
      recharges.add(request.getRechargeId());
    }
  }

  private void add(LedgerEntry entry) {
    ledgerVersions.put(entry.getAccountId(), entry.getVersion());
    if (entry.getType() == EntryType.USAGE) {
      charged++;
      chargedNanos -= entry.getAmountNanos();
    } else if (entry.getType() == EntryType.PURCHASE
        && SimulatedCards.isCharge(entry.getCause().getId())) {
      rechargesPaid++;
      rechargedNanos += entry.getAmountNanos();
    }
  }

  synchronized LiveCounts counts() {
    return new LiveCounts(
        charged,
        chargedNanos,
        new EnumMap<>(blocked),
        new EnumMap<>(rejected),
        new EnumMap<>(alerts),
        recharges.size(),
        rechargesPaid,
        rechargedNanos);
  }

  /** Whether each account's balance shows its last ledger entry. */
  synchronized boolean balancesShowTheLedger() {
    return ledgerVersions.equals(balanceVersions);
  }
}
