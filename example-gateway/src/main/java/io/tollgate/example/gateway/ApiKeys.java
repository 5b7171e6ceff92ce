package io.tollgate.example.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which account an API key belongs to. The file has a key a line: its id, its account, and its
 * SHA-256 in hex. A key is random and long, so its hash needs no salt; the key itself is never
 * kept.
 */
final class ApiKeys {

  /** A key, by what may be told of it. */
  record ApiKey(String id, String accountId) {}

  private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+([0-9a-f]{64})");

  private final Map<String, ApiKey> byHash;

  private ApiKeys(Map<String, ApiKey> byHash) {
    this.byHash = byHash;
  }

  /**
   * Reads the file; empty lines and those that start with # are left out.
   *
   * @throws IllegalArgumentException if a line is not as it should be; says which, and quotes
   *     nothing, as somebody may have put a key there
   */
  static ApiKeys read(Path file) throws IOException {
    Map<String, ApiKey> byHash = new HashMap<>();
    List<String> lines = Files.readAllLines(file, UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher key = LINE.matcher(line);
      if (!key.matches()) {
        throw new IllegalArgumentException(
            "%s:%d is not 'KEY-ID ACCOUNT SHA-256'".formatted(file, i + 1));
      }
      if (byHash.put(key.group(3), new ApiKey(key.group(1), key.group(2))) != null) {
        throw new IllegalArgumentException("%s:%d has a key twice".formatted(file, i + 1));
      }
    }
    return new ApiKeys(byHash);
  }

  Optional<ApiKey> find(String key) {
    return Optional.ofNullable(byHash.get(hash(key)));
  }

  static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
