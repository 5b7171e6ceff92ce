package io.tollgate.producers.adapters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that others wrote. A field that is null counts as left out.
 *
 * @param path where the object stands, for messages; empty for the outermost
 */
record JsonFields(ObjectNode object, String path) {

  /**
   * The fields of an outermost object.
   *
   * @throws AdapterException if it is none
   */
  static JsonFields of(JsonNode json) {
    return of(json, "");
  }

  private static JsonFields of(JsonNode json, String path) {
    if (json instanceof ObjectNode object) {
      return new JsonFields(object, path);
    }
    throw new AdapterException("%s is not an object".formatted(path.isEmpty() ? "the JSON" : path));
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  /** An object that must be there. */
  JsonFields object(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    return of(object.get(name), at(name));
  }

  /** An object that may be left out, which is an empty one then. */
  JsonFields optionalObject(String name) {
    return has(name) ? object(name) : new JsonFields(object.objectNode(), at(name));
  }

  /** A count that must be there: an integer from 0. */
  long count(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    JsonNode value = object.get(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new AdapterException(at(name) + " is not a whole number from 0");
    }
    return value.longValue();
  }

  /** A count that is 0 if it is left out. */
  long optionalCount(String name) {
    return has(name) ? count(name) : 0;
  }

  /** Checks a total that must be there. */
  void requireSum(String name, long... parts) {
    long total = count(name);
    if (sum(parts) != total) {
      throw new AdapterException(
          "%s is %d, but its parts add up to %d".formatted(at(name), total, sum(parts)));
    }
  }

  /** Checks that parts, which do not overlap, make up the whole that they belong to. */
  void requireWhole(long whole, long... parts) {
    if (sum(parts) != whole) {
      throw unequal(whole, sum(parts));
    }
  }

  /** Checks that parts, which do not overlap, are not more than the whole that they belong to. */
  void requireWithin(long whole, long... parts) {
    if (sum(parts) > whole) {
      throw unequal(whole, sum(parts));
    }
  }

  private AdapterException unequal(long whole, long sum) {
    return new AdapterException(
        "the parts in %s add up to %d, what they belong to is %d".formatted(path, sum, whole));
  }

  private long sum(long... parts) {
    try {
      return Arrays.stream(parts).reduce(0, Math::addExact);
    } catch (ArithmeticException e) {
      throw new AdapterException("the counts in %s exceed 64 bits".formatted(path), e);
    }
  }

  String text(String name) {
    String text = optionalText(name);
    if (text == null) {
      throw missing(name);
    }
    return text;
  }

  @Nullable String optionalText(String name) {
    if (!has(name)) {
      return null;
    }
    if (!object.get(name).isTextual()) {
      throw new AdapterException(at(name) + " is not a text");
    }
    return object.get(name).textValue();
  }

  boolean flag(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    if (!object.get(name).isBoolean()) {
      throw new AdapterException(at(name) + " is not true or false");
    }
    return object.get(name).booleanValue();
  }

  String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private AdapterException missing(String name) {
    return new AdapterException(at(name) + " is missing");
  }
}
