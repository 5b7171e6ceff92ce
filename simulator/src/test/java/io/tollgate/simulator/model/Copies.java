package io.tollgate.simulator.model;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Deep copies of {@link State}: a record works on a copy, so that a rejection changes nothing
 * whatever it touched.
 */
final class Copies {
  private Copies() {}

  static Account of(Account account) {
    Object copy = copyOf(account);
    if (copy instanceof Account result) {
      return result;
    }
    throw new IllegalStateException("a copy of an account is an account");
  }

  private static @Nullable Object copyOf(@Nullable Object value) {
    if (value instanceof State state) {
      return copyOfState(state);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy =
          map instanceof SortedMap ? new TreeMap<>() : new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(key, copyOf(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(copyOf(item)));
      return copy;
    }
    if (value instanceof Set<?> set) {
      return new LinkedHashSet<>(set);
    }
    return value; // everything else in the state is immutable
  }

  private static Object copyOfState(State state) {
    try {
      Constructor<?> constructor = state.getClass().getDeclaredConstructor();
      constructor.setAccessible(true);
      Object copy = constructor.newInstance();
      for (Field field : state.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          field.setAccessible(true);
          field.set(copy, copyOf(field.get(state)));
        }
      }
      return copy;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot copy " + state.getClass(), e);
    }
  }
}
