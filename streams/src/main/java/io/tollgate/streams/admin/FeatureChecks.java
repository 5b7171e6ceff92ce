package io.tollgate.streams.admin;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Whether the brokers have what exactly-once rests on. */
final class FeatureChecks {

  private static final String TRANSACTION_VERSION = "transaction.version";

  /** From here on, each transaction has an epoch of its own (KIP-890). */
  private static final short EXPECTED = 2;

  private static final String MEANING =
      " With less than 2, a late message of a transaction that was given up can end up in the next"
          + " one, or hold readers up for good: rare, but then a record counts twice or output"
          + " stops.";

  private FeatureChecks() {}

  static List<Finding> check(Admin admin) {
    FinalizedVersionRange range = finalizedFeatures(admin).get(TRANSACTION_VERSION);
    if (range == null) {
      return List.of(
          Finding.warning(
              "The brokers do not say which transaction.version they use."
                  + MEANING
                  + " Brokers from Kafka 4.0 can be raised with kafka-features.sh upgrade --feature"
                  + " transaction.version=2."));
    }
    if (range.maxVersionLevel() < EXPECTED) {
      return List.of(
          Finding.warning(
              "The brokers use transaction.version %d.".formatted(range.maxVersionLevel())
                  + MEANING
                  + " Raise it with kafka-features.sh upgrade --feature transaction.version=2."));
    }
    return List.of();
  }

  private static Map<String, FinalizedVersionRange> finalizedFeatures(Admin admin) {
    String purpose = "Asking for the brokers' features";
    try {
      return admin.describeFeatures().featureMetadata().get().finalizedFeatures();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnsupportedVersionException) {
        return Map.of();
      }
      throw AdminClients.failure(purpose, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdminException(purpose + " was interrupted", e);
    }
  }
}
