package io.tollgate.streams.admin;

/**
 * What became of the wish to create a topic.
 *
 * @param name name with prefix
 */
public record TopicCreation(String name, Outcome outcome) {

  /** What became of it. */
  public enum Outcome {
    CREATED,
    /** It was there before, and was left alone. */
    EXISTS
  }
}
