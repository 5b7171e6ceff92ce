package io.tollgate.streams.config;

import io.tollgate.domain.DeclineTable;
import io.tollgate.prices.CsvException;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;

/** The kinds of values that Kafka's own definitions do not have: how each is read and checked. */
final class Settings {

  private static final BigDecimal NANOS_PER_UNIT = BigDecimal.valueOf(1_000_000_000L);
  private static final Pattern MILLIS = Pattern.compile("\\d{1,18}");

  private Settings() {}

  /** A validator that knows the kind and the range of what it accepts, for the documentation. */
  interface Kind extends Validator {
    /** The kind of value in a word or two. */
    String kind();

    /** What is accepted, in words; empty: anything of the kind. */
    String allowed();
  }

  /** Reads ISO 8601, such as {@code PT1H}, or plain milliseconds. */
  static Duration duration(String text) {
    if (MILLIS.matcher(text).matches()) {
      return Duration.ofMillis(Long.parseLong(text));
    }
    try {
      Duration duration = Duration.parse(text);
      if (duration.equals(Duration.ofMillis(duration.toMillis()))) {
        return duration;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      // Refused below, like fractions of a millisecond.
    }
    throw new IllegalArgumentException(
        "not a duration: write ISO 8601, such as PT15M or P35D, or whole milliseconds");
  }

  /** Reads an amount in units of the account's currency, exactly, as nanos. */
  static long nanos(String text) {
    try {
      return new BigDecimal(text).multiply(NANOS_PER_UNIT).longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "not an amount: write units of currency with at most 9 decimals, such as 5 or 0.25", e);
    }
  }

  static Kind durationBetween(Duration min, Duration max) {
    return new Check("duration", "from %s to %s".formatted(min, max)) {
      @Override
      void check(Object value) {
        Duration duration = duration((String) value);
        require(duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0);
      }
    };
  }

  static Kind amountFrom(long minNanos) {
    return new Check("amount", minNanos == 0 ? "0 or more" : "more than 0") {
      @Override
      void check(Object value) {
        require(nanos((String) value) >= minNanos);
      }
    };
  }

  static Kind amounts(int most) {
    return new Check("list of amounts", "at most %d, each more than 0 and once".formatted(most)) {
      @Override
      void check(Object value) {
        List<String> items = strings(value);
        Set<Long> distinct = new HashSet<>();
        for (String item : items) {
          long nanos = nanos(item);
          require(nanos > 0 && distinct.add(nanos));
        }
        require(items.size() <= most);
      }
    };
  }

  static Kind between(long min, long max) {
    return new Check("number", "from %,d to %,d".formatted(min, max)) {
      @Override
      void check(Object value) {
        long number = ((Number) value).longValue();
        require(number >= min && number <= max);
      }
    };
  }

  static Kind matching(String regex, String allowed) {
    Pattern pattern = Pattern.compile(regex);
    return new Check("text", allowed) {
      @Override
      void check(Object value) {
        require(pattern.matcher((String) value).matches());
      }
    };
  }

  static Kind servers() {
    Pattern server = Pattern.compile("\\S+:\\d{1,5}");
    return new Check("list", "host:port, at least one") {
      @Override
      void check(Object value) {
        List<String> servers = strings(value);
        require(!servers.isEmpty() && servers.stream().allMatch(s -> server.matcher(s).matches()));
      }
    };
  }

  static Kind oneOf(List<String> values) {
    return new Check("text", String.join(" or ", values)) {
      @Override
      void check(Object value) {
        require(values.contains((String) value));
      }
    };
  }

  static Kind declineFile() {
    return new Check("path", "CSV with the columns field, code, class and delay") {
      @Override
      void check(Object value) {
        declines((String) value);
      }
    };
  }

  /** Reads the decline codes of a file; without one, the shipped ones. */
  static DeclineTable declines(String file) {
    if (file.isEmpty()) {
      return DeclineFile.shipped();
    }
    try {
      return DeclineFile.read(Path.of(file));
    } catch (InvalidPathException | CsvException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static Kind sourceOffsets() {
    return new Check("list", "topic:partition:offset, topics without prefix") {
      @Override
      void check(Object value) {
        strings(value).forEach(SourceOffset::parse);
      }
    };
  }

  /** Lists of Kafka's definitions are lists of strings. */
  private static List<String> strings(Object value) {
    return ((List<?>) value).stream().map(String::valueOf).toList();
  }

  /** A validator from a check that says only what is wrong. */
  private abstract static class Check implements Kind {

    private final String kind;
    private final String allowed;

    Check(String kind, String allowed) {
      this.kind = kind;
      this.allowed = allowed;
    }

    /**
     * Judges one value.
     *
     * @throws IllegalArgumentException if it is not accepted
     */
    abstract void check(Object value);

    void require(boolean accepted) {
      if (!accepted) {
        throw new IllegalArgumentException("allowed: " + allowed);
      }
    }

    @Override
    public void ensureValid(String name, Object value) {
      try {
        check(value);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(name, value, e.getMessage());
      }
    }

    @Override
    public String kind() {
      return kind;
    }

    @Override
    public String allowed() {
      return allowed;
    }

    @Override
    public String toString() {
      return kind + ", " + allowed;
    }
  }
}
