package io.tollgate.streams.state;

import io.tollgate.schemas.topics.TopicSpec;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The catalogue of state stores. Names and key formats are a contract with every running
 * installation: changing one orphans its state.
 */
public final class StateStores {

  /** accountId → snapshot of the account. */
  public static final String ACCOUNTS = "accounts";

  /** Block number → what was processed, in order; the only cached store. */
  public static final String JOURNAL = "journal";

  /** accountId and payment or grant → what is remembered of it for ever. */
  public static final String PAYMENTS = "payments";

  /** Source topic and model → prices or policy. */
  public static final String REFERENCE = "reference";

  /** Claim → who holds it. */
  public static final String CLAIMS = "claims";

  // An active segment is never compacted and is restored whole: not Kafka's 1 GB.
  private static final Map<String, String> CHANGELOG =
      Map.of(
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(64 * 1024 * 1024),
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          Integer.toString(TopicSpec.MAX_OUTPUT_BYTES));

  private StateStores() {}

  /** The name that Kafka Streams gives to the changelog of a store. */
  public static String changelog(String applicationId, String store) {
    return applicationId + "-" + store + "-changelog";
  }

  /** The stores of an account task. */
  public static Set<StoreBuilder<?>> ofAccounts(StateBackend backend) {
    return Set.of(
        builder(ACCOUNTS, backend),
        builder(JOURNAL, backend).withCachingEnabled(),
        builder(PAYMENTS, backend),
        builder(REFERENCE, backend));
  }

  /** The stores of a claims task. */
  public static Set<StoreBuilder<?>> ofClaims(StateBackend backend) {
    return Set.of(builder(CLAIMS, backend));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(
      String name, StateBackend backend) {
    KeyValueBytesStoreSupplier supplier =
        switch (backend) {
          case MEMORY -> Stores.inMemoryKeyValueStore(name);
          case ROCKSDB -> Stores.persistentKeyValueStore(name);
        };
    return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(CHANGELOG);
  }
}
