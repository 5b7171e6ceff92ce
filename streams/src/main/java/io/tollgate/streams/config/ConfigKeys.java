package io.tollgate.streams.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of settings: how the environment spells them, and which a misspelt one resembles. */
final class ConfigKeys {

  /** So many slips of the finger still resemble a name. */
  private static final int MAX_SLIPS = 2;

  private static final Pattern SECRET =
      Pattern.compile("password|passphrase|secret|jaas|credential|token|private|\\bkey\\b");

  private ConfigKeys() {}

  /** The name in an environment variable, without what all of ours start with. */
  static String environmentName(String key) {
    return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Whether its value may be a secret, to judge by the name. */
  static boolean isSecret(String key) {
    return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  /** The name from which this one differs by a slip or two; empty if there is none. */
  static Optional<String> resembling(String key, Collection<String> names) {
    return closest(key, names).filter(name -> distance(key, name) <= MAX_SLIPS);
  }

  /** The name from which this one differs least. */
  static Optional<String> closest(String key, Collection<String> names) {
    return names.stream().min(Comparator.comparingInt((String name) -> distance(key, name)));
  }

  /** Insertions, deletions and replacements that make one of the other (Levenshtein). */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
