package io.tollgate.schemas.topics;

/**
 * Names of topics on the broker: an installation's prefix and the name of the catalogue.
 *
 * @param prefix what all topics of the installation start with; may be empty
 */
public record TopicNames(String prefix) {

  /** Prefix of an installation that sets none. */
  public static final String DEFAULT_PREFIX = "tollgate.";

  /** Names with the default prefix. */
  public static TopicNames withDefaultPrefix() {
    return new TopicNames(DEFAULT_PREFIX);
  }

  /** Name of this topic on the broker. */
  public String full(TopicSpec topic) {
    return full(topic.name());
  }

  /** Name on the broker of the topic that the catalogue calls so. */
  public String full(String name) {
    return prefix + name;
  }

  /**
   * Name in the catalogue of a topic of the broker; unchanged if it is not of this installation.
   */
  public String strip(String fullName) {
    return fullName.startsWith(prefix) ? fullName.substring(prefix.length()) : fullName;
  }
}
