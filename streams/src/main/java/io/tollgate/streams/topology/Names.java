package io.tollgate.streams.topology;

import io.tollgate.schemas.topics.TopicSpec;

/** Names of the topologies' nodes; a sink is called like its topic. */
final class Names {

  private Names() {}

  static String source(TopicSpec topic) {
    return topic.name() + "-source";
  }
}
