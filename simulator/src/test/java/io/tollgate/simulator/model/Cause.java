package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What made a ledger entry: a record by topic, id and coordinates, or a deadline by its subject.
 */
record Cause(String topic, String id, long offset) {

  static Cause deadline(String subject) {
    return new Cause("deadline", subject, 0);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("topic", topic);
    json.put("id", id);
    json.put("partition", 0);
    json.put("offset", offset);
    return json;
  }
}
