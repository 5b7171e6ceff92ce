package io.tollgate.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The RejectedEvent of a record; its bytes are not modelled (§9). */
final class Rejections {
  private Rejections() {}

  static ObjectNode line(Rejection rejection, Cause source, @Nullable String key, long time) {
    ObjectNode value = JsonNodeFactory.instance.objectNode();
    value.put("reason", rejection.reason());
    value.put("detail", "");
    value.put("sourceTopic", source.topic());
    value.put("sourcePartition", 0);
    value.put("sourceOffset", source.offset());
    value.put("sourceKey", key);
    value.put("sourceValue", "");
    value.put("sourceLength", 0);
    value.put("rejectedAt", Times.iso(time));
    return Outputs.line("rejected-events", time, "RejectedEvent", key, value);
  }
}
