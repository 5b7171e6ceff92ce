package io.tollgate.testkit;

import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.ModelPrices;
import io.tollgate.schemas.json.IsoMillis;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** A history as people read it: a record a line. */
final class HistoryText {

  /** More would bury the end, where the failure is. */
  private static final int MOST_RECORDS = 500;

  private static final int MOST_BYTES = 64;

  private HistoryText() {}

  static String of(
      List<SpecificRecord> given, List<History.Entry> entries, Map<String, OwnTopic<?, ?>> known) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "History (in: by the test; out: by a topology; *: nothing has expected it yet;"
            + " fields that are empty, 0 or false are left out):");
    addGiven("prices", given.stream().filter(ModelPrices.class::isInstance).toList(), lines);
    addGiven(
        "policies", given.stream().filter(ModelAccessPolicy.class::isInstance).toList(), lines);
    int skipped = Math.max(0, entries.size() - MOST_RECORDS);
    if (skipped > 0) {
      lines.add("  … %,d earlier records".formatted(skipped));
    }
    Instant time = null;
    for (History.Entry entry : entries.subList(skipped, entries.size())) {
      if (!entry.time().equals(time)) {
        time = entry.time();
        lines.add("  " + IsoMillis.format(time));
      }
      String way = entry.isOpen() ? "out*" : entry.isOutput() ? "out " : "in  ";
      lines.add("    %s %s".formatted(way, line(entry.message(), known)));
    }
    if (entries.isEmpty()) {
      lines.add("  nothing");
    }
    return String.join("\n", lines);
  }

  private static void addGiven(String what, List<SpecificRecord> records, List<String> lines) {
    if (!records.isEmpty()) {
      lines.add(
          "  given: %s of %s"
              .formatted(
                  what,
                  records.stream()
                      .map(record -> String.valueOf(record.get(0)))
                      .collect(Collectors.joining(", "))));
    }
  }

  /** A record in a line: topic, key, and what is in it. */
  static String line(Message message, Map<String, OwnTopic<?, ?>> known) {
    String topic = message.spec() == null ? message.topic() : message.spec().name();
    OwnTopic<?, ?> own = known.get(message.topic());
    String key = text(message.key());
    String value = text(message.value());
    if (message.event() != null) {
      value = RecordText.brief(message.event(), Set.of(key, IsoMillis.format(message.time())));
    } else if (message.value() == null) {
      value = "tombstone";
    } else if (own != null) {
      try {
        key = String.valueOf(own.key(message.key()));
        value = String.valueOf(own.value(message.value()));
      } catch (SerializationException e) {
        value = "%s, which is no value of the topic: %s".formatted(value, e.getMessage());
      }
    }
    return "%-22s %s  %s".formatted(topic, key, value);
  }

  private static String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return "null";
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Shown as bytes.
    }
    String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MOST_BYTES));
    return "%d bytes 0x%s%s".formatted(bytes.length, hex, bytes.length > MOST_BYTES ? "…" : "");
  }
}
