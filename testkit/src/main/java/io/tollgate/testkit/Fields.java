package io.tollgate.testkit;

import java.util.function.Consumer;

/** The rest of a record, as sentences take it. */
final class Fields {

  private Fields() {}

  /** Sets further fields of a record that is being built. */
  static <B> B set(B record, Consumer<B>[] fields) {
    for (Consumer<? super B> field : fields) {
      field.accept(record);
    }
    return record;
  }
}
