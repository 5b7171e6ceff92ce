package io.tollgate.schemas.serde;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The fields of a record type that are lists.
 *
 * <p>Avro reads lists into its own class, whose {@code equals} throws for records that hold a
 * nullable time. Decoded records hold plain lists instead.
 */
final class ListFields {

  private final int[] positions;

  private ListFields(int[] positions) {
    this.positions = positions;
  }

  static ListFields of(Schema schema) {
    return new ListFields(
        schema.getFields().stream()
            .filter(field -> field.schema().getType() == Schema.Type.ARRAY)
            .mapToInt(Schema.Field::pos)
            .toArray());
  }

  void makePlain(SpecificRecord event) {
    for (int position : positions) {
      event.put(position, new ArrayList<>((List<?>) event.get(position)));
    }
  }
}
