package io.tollgate.simulator;

import io.tollgate.schemas.json.JsonRecordException;
import io.tollgate.schemas.json.JsonRecords;
import io.tollgate.schemas.lines.InputLine;
import io.tollgate.schemas.lines.InvalidLineException;
import io.tollgate.schemas.lines.RecordLine;
import io.tollgate.schemas.lines.RecordLines;
import io.tollgate.schemas.lines.TimeLine;
import io.tollgate.schemas.serde.EventCodec;
import java.nio.charset.StandardCharsets;

/** Takes lines of input for steps of a simulation. */
public final class LineParser {

  private LineParser() {}

  /**
   * The step that a line means.
   *
   * @throws InvalidLineException if it is not JSON, names no known topic or type, or no time
   */
  public static SimulatorInput parse(String text) {
    InputLine line = RecordLines.parse(text);
    if (line instanceof TimeLine time) {
      return new SimulatorInput.Advance(time.time());
    }
    RecordLine record = (RecordLine) line;
    if (record.time() == null) {
      throw new InvalidLineException("no timestamp; a time such as 2026-01-01T00:00:00.000Z");
    }
    return arrival(record, record.time());
  }

  private static SimulatorInput.Arrival arrival(RecordLine record, long time) {
    String topic = record.topic().name();
    if (record.value() == null) {
      return new SimulatorInput.Arrival(topic, time, record.key(), null, null);
    }
    try {
      byte[] bytes = EventCodec.encode(JsonRecords.fromJson(record.value(), record.type()));
      return new SimulatorInput.Arrival(topic, time, record.key(), bytes, null);
    } catch (JsonRecordException e) {
      byte[] bytes = record.value().toString().getBytes(StandardCharsets.UTF_8);
      return new SimulatorInput.Arrival(topic, time, record.key(), bytes, e.getMessage());
    }
  }
}
