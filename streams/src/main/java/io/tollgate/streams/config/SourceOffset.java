package io.tollgate.streams.config;

import io.tollgate.schemas.topics.TopicCatalogue;

/**
 * One record by its coordinates.
 *
 * @param topic name without prefix
 */
public record SourceOffset(String topic, int partition, long offset) {

  /**
   * Reads {@code topic:partition:offset}.
   *
   * @throws IllegalArgumentException with a message for people, if it is not that, or the catalogue
   *     has no such topic
   */
  public static SourceOffset parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "'%s' is not topic:partition:offset, such as usage-events:3:1207".formatted(text));
    }
    if (TopicCatalogue.byName(parts[0]).isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' names no topic of Tollgate; names go without prefix, such as usage-events:3:1207"
              .formatted(text));
    }
    try {
      int partition = Integer.parseInt(parts[1]);
      long offset = Long.parseLong(parts[2]);
      if (partition >= 0 && offset >= 0) {
        return new SourceOffset(parts[0], partition, offset);
      }
    } catch (NumberFormatException e) {
      // Refused below, like a negative number.
    }
    throw new IllegalArgumentException(
        "partition and offset of '%s' must be whole numbers from 0".formatted(text));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return topic + ":" + partition + ":" + offset;
  }
}
