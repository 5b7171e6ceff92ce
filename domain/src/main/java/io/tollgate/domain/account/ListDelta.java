package io.tollgate.domain.account;

import io.tollgate.domain.codec.ByteReader;
import io.tollgate.domain.codec.ByteWriter;
import io.tollgate.domain.codec.CorruptStateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How one list became another, as bytes: the length of the beginning and of the end that both
 * share, and what stands between them.
 */
final class ListDelta {

  private ListDelta() {}

  /** Writes an element, given the one that stood in its place before; null if none did. */
  @FunctionalInterface
  interface ElementWriter<T> {
    void write(ByteWriter out, @Nullable T was, T element);
  }

  static <T> void write(
      ByteWriter out, List<T> before, List<T> after, ElementWriter<T> elementWriter) {
    int most = Math.min(before.size(), after.size());
    int start = 0;
    while (start < most && Objects.equals(before.get(start), after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < most - start
        && Objects.equals(before.get(before.size() - 1 - end), after.get(after.size() - 1 - end))) {
      end++;
    }
    out.writeLong(start).writeLong(end).writeLong(after.size() - end - start);
    for (int i = start; i < after.size() - end; i++) {
      T was = i < before.size() - end ? before.get(i) : null;
      elementWriter.write(out, was, after.get(i));
    }
  }

  /** Changes the list in place. */
  static <T> void apply(
      ByteReader in, List<T> list, BiFunction<ByteReader, @Nullable T, T> elementReader) {
    int start = in.readInt();
    int end = in.readInt();
    int size = in.readInt();
    if (start < 0 || end < 0 || start > list.size() - end) {
      throw new CorruptStateException("it keeps more of a list than there is");
    }
    List<T> changed = list.subList(start, list.size() - end);
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(elementReader.apply(in, i < changed.size() ? changed.get(i) : null));
    }
    changed.clear();
    changed.addAll(elements);
  }
}
