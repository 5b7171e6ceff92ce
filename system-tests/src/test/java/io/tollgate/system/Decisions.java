package io.tollgate.system;

import static io.tollgate.schemas.topics.TopicCatalogue.AUTHORIZATION_DECISIONS;

import io.tollgate.events.AuthorizationDecided;
import io.tollgate.schemas.serde.EventCodec;
import io.tollgate.streams.config.TollgateConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decisions about authorizations, as committed. */
final class Decisions implements AutoCloseable {

  private final CommittedRecords records;
  private final Map<String, List<AuthorizationDecided>> byAccount = new HashMap<>();

  Decisions(TollgateConfig config, int partitions) {
    records = new CommittedRecords(config, partitions, AUTHORIZATION_DECISIONS);
  }

  /** What was committed meanwhile. */
  List<AuthorizationDecided> poll() {
    List<AuthorizationDecided> polled = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records.poll()) {
      AuthorizationDecided decided = (AuthorizationDecided) EventCodec.decode(record.value());
      byAccount.computeIfAbsent(decided.getAccountId(), id -> new ArrayList<>()).add(decided);
      polled.add(decided);
    }
    return polled;
  }

  /** All so far of one account, in their order. */
  List<AuthorizationDecided> of(String accountId) {
    return byAccount.getOrDefault(accountId, List.of());
  }

  @Override
  public void close() {
    records.close();
  }
}
