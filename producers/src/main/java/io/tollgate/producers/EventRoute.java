package io.tollgate.producers;

import io.tollgate.schemas.topics.Direction;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where events of one type go, and under which key.
 *
 * @param topic the input topic of the type
 * @param keyPosition position of the key's field in the type
 */
record EventRoute(TopicSpec topic, int keyPosition) {

  private static final Map<String, EventRoute> BY_TYPE = ofInputTopics();

  /**
   * The route of an event.
   *
   * @throws IllegalArgumentException if its type does not belong to an input topic
   */
  static EventRoute of(SpecificRecord event) {
    String type = event.getSchema().getFullName();
    EventRoute route = BY_TYPE.get(type);
    if (route == null) {
      throw new IllegalArgumentException(type + " is not a type of any input topic");
    }
    return route;
  }

  /**
   * The key of an event of this route.
   *
   * @throws IllegalArgumentException if it is empty: no account or model would have the event
   */
  String key(SpecificRecord event) {
    Object key = event.get(keyPosition);
    if (key == null || key.toString().isEmpty()) {
      throw new IllegalArgumentException(
          "A %s needs a %s".formatted(event.getSchema().getName(), topic.keyField()));
    }
    return key.toString();
  }

  private static Map<String, EventRoute> ofInputTopics() {
    Map<String, EventRoute> routes = new HashMap<>();
    for (TopicSpec topic : TopicCatalogue.all()) {
      if (topic.direction() == Direction.IN) {
        for (Schema type : topic.records()) {
          routes.put(
              type.getFullName(), new EventRoute(topic, type.getField(topic.keyField()).pos()));
        }
      }
    }
    return Map.copyOf(routes);
  }
}
