package io.tollgate.streams.admin;

import io.tollgate.schemas.topics.TopicSpec;
import java.util.List;

/**
 * A topic of the catalogue as it is on the broker.
 *
 * @param name name with prefix
 * @param partitions 0 if it does not exist
 * @param replicas 0 if it does not exist
 * @param differences settings that are not as in the catalogue
 */
public record TopicListing(
    TopicSpec topic, String name, int partitions, int replicas, List<Difference> differences) {

  public TopicListing {
    differences = List.copyOf(differences);
  }

  /** A setting that is not as in the catalogue. */
  public record Difference(String setting, String actual, String expected) {

    @Override
    public String toString() {
      return "%s is %s, should be %s".formatted(setting, actual, expected);
    }
  }

  public boolean exists() {
    return partitions > 0;
  }
}
