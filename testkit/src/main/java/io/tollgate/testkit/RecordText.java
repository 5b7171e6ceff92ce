package io.tollgate.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.tollgate.schemas.json.JsonRecords;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;

/** Records as people read them: {@code PaymentSucceeded{amountNanos=10_000_000_000, …}}. */
final class RecordText {

  private RecordText() {}

  /** Type and fields, without fields that are empty, zero or false, or only say what is known. */
  static String brief(SpecificRecord event, Set<String> known) {
    return event.getSchema().getName()
        + text(JsonRecords.toJson(event), value -> saysMore(value, known));
  }

  /** A value, with nothing left out. */
  static String full(JsonNode value) {
    return text(value, field -> true);
  }

  private static String text(JsonNode value, Predicate<JsonNode> shown) {
    if (value.isObject()) {
      return value.properties().stream()
          .filter(field -> shown.test(field.getValue()))
          .map(field -> field.getKey() + "=" + text(field.getValue(), shown))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .map(item -> text(item, shown))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value.isIntegralNumber() ? grouped(value.longValue()) : value.asText();
  }

  private static boolean saysMore(JsonNode value, Set<String> known) {
    if (value.isObject()) {
      return value.properties().stream().anyMatch(field -> saysMore(field.getValue(), known));
    }
    if (value.isArray()) {
      return !value.isEmpty();
    }
    return value.isTextual()
        ? !value.textValue().isEmpty() && !known.contains(value.textValue())
        : value.asLong() != 0 || value.asBoolean();
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '_');
  }
}
