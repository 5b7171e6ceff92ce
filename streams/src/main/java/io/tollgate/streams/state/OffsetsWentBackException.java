package io.tollgate.streams.state;

/** An input record comes again that the state has applied already. */
public final class OffsetsWentBackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OffsetsWentBackException(String topic, int partition, long offset, long last) {
    super(
        ("Topic %s, partition %d: offset %d comes after %d has been applied. The topic was"
                + " re-created, or the group's committed offsets were lost; going on would apply"
                + " history twice. Set the group's offset to %d if the topic is the same.")
            .formatted(topic, partition, offset, last, last + 1));
  }
}
