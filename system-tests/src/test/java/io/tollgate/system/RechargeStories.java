package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.BALANCE_ALERTS;
import static io.tollgate.schemas.topics.TopicCatalogue.RECHARGE_REQUESTS;

import io.tollgate.consumers.recharge.ChargeResult;
import io.tollgate.events.AlertType;
import io.tollgate.events.BalanceAlert;
import io.tollgate.events.RechargeRequested;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.config.TollgateConfig;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What was requested of each account's card and what its owner was told, as committed. */
final class RechargeStories implements AutoCloseable {

  /** One account's recharges. */
  static final class Story {
    private final Map<String, List<RechargeRequested>> requests = new LinkedHashMap<>();
    private final Set<AlertType> alerts = EnumSet.noneOf(AlertType.class);

    /** The requests of each recharge, re-sends included, in their order. */
    Map<String, List<RechargeRequested>> requests() {
      return requests;
    }

    boolean heard(AlertType type) {
      return alerts.contains(type);
    }

    /**
     * Whether nothing more is to come by itself, within minutes.
     *
     * @param isLow whether posted is at or below the threshold
     */
    boolean isOver(boolean isLow, PaymentProvider provider) {
      if (requests.isEmpty()) {
        return !isLow || heard(AlertType.RECHARGE_DELAYED);
      }
      RechargeRequested last = last();
      ChargeResult result = provider.result(last.getIdempotencyKey());
      if (result instanceof ChargeResult.Succeeded) {
        return !isLow || heard(AlertType.RECHARGE_LIMIT_REACHED);
      } else if (result instanceof ChargeResult.Declined declined) {
        return !declined.declineCode().startsWith("try_")
            || last.getAttempt() == 4
            || heard(AlertType.RECHARGE_DELAYED);
      }
      return heard(AlertType.RECHARGE_STALLED);
    }

    @Override
    public String toString() {
      return alerts + " " + (requests.isEmpty() ? "nothing" : last());
    }

    private RechargeRequested last() {
      RechargeRequested last = null;
      for (List<RechargeRequested> recharge : requests.values()) {
        last = recharge.get(recharge.size() - 1);
      }
      if (last == null) {
        throw new IllegalStateException("nothing was requested");
      }
      return last;
    }
  }

  private final CommittedRecords records;
  private final Map<String, Story> stories = new HashMap<>();
  private int resent;

  RechargeStories(TollgateConfig config, int partitions) {
    records = new CommittedRecords(config, partitions, RECHARGE_REQUESTS, BALANCE_ALERTS);
  }

  /** Reads what was committed meanwhile. */
  void poll() {
    for (ConsumerRecord<byte[], byte[]> record : records.poll()) {
      SpecificRecord value = EventCodec.decode(record.value());
      if (value instanceof RechargeRequested request) {
        List<RechargeRequested> recharge =
            of(request.getAccountId())
                .requests
                .computeIfAbsent(request.getRechargeId(), id -> new ArrayList<>());
        resent += recharge.stream().anyMatch(r -> r.getAttempt() == request.getAttempt()) ? 1 : 0;
        recharge.add(request);
      } else if (value instanceof BalanceAlert alert) {
        of(alert.getAccountId()).alerts.add(alert.getType());
      }
    }
  }

  Story of(String accountId) {
    return stories.computeIfAbsent(accountId, id -> new Story());
  }

  /** How many requests were sent again because the outcome was not known. */
  int resent() {
    return resent;
  }

  @Override
  public void close() {
    records.close();
  }
}
