package io.tollgate.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.event.AccountEvent.Completion;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestTest {

  @Test
  void shouldLeaveOutWhatEqualsItsDefault() {
    assertThat(
            new Digest()
                .field("a", "")
                .field("b", "standard", "standard")
                .field("c", 0)
                .field("d", false)
                .field("e", Completion.COMPLETE, Completion.COMPLETE)
                .field("f", List.of())
                .field("g", Map.of())
                .optionalText("h", null)
                .optional("i", null)
                .value())
        .isEqualTo(new Digest().value());
  }

  @Test
  void shouldTellEveryOtherValueApart() {
    List<Digest> all =
        List.of(
            new Digest(),
            new Digest().text(""),
            new Digest().text("a"),
            new Digest().text("a").text("b"),
            new Digest().text("ab"),
            new Digest().field("a", "x"),
            new Digest().field("b", "x"),
            new Digest().field("tier", "batch", "standard"),
            new Digest().field("n", 1),
            new Digest().field("n", -1),
            new Digest().optional("m", 0),
            new Digest().optional("m", 1L),
            new Digest().optionalText("t", ""),
            new Digest().optionalText("t", "x"),
            new Digest().field("flag", true),
            new Digest().field("e", Completion.FAILED, Completion.COMPLETE),
            new Digest().field("l", List.of("a", "b")),
            new Digest().field("l", List.of("b", "a")),
            new Digest().field("l", List.of("ab")),
            new Digest().field("m", Map.of("a", 1L)),
            new Digest().field("m", Map.of("a", 2L)),
            new Digest().field("m", Map.of("b", 1L)));
    Set<Long> values = new HashSet<>();
    all.forEach(digest -> values.add(digest.value()));
    assertThat(values).hasSize(all.size());
  }

  @Test
  void shouldCompareMapsWithoutOrder() {
    Map<String, Long> forwards = new LinkedHashMap<>();
    Map<String, Long> backwards = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      forwards.put("meter" + i, (long) i);
      backwards.put("meter" + (99 - i), 99L - i);
    }
    long expected = new Digest().field("m", forwards).value();
    assertThat(new Digest().field("m", backwards).value()).isEqualTo(expected);
    assertThat(new Digest().field("m", new HashMap<>(forwards)).value()).isEqualTo(expected);
  }

  @Test
  void shouldHoldTextOfAnyLength() {
    String text = "é".repeat(10_000);
    assertThat(new Digest().text(text).value()).isNotEqualTo(new Digest().text(text + "e").value());
  }

  /** Eight bytes of length, then UTF-8, hashed by SHA-256: what is stored must stay readable. */
  @Test
  void shouldBeTheFirst128BitsOfASha256() throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (String part : List.of("acme", "UsageEvent", "e1")) {
      sha256.update(new byte[7]);
      sha256.update((byte) part.length());
      sha256.update(part.getBytes(StandardCharsets.UTF_8));
    }
    BigInteger expected = new BigInteger(1, sha256.digest()).shiftRight(128);

    Fingerprint fingerprint = Fingerprint.of("acme", "UsageEvent", "e1");

    assertThat(fingerprint.high()).isEqualTo(expected.shiftRight(64).longValue());
    assertThat(fingerprint.low()).isEqualTo(expected.longValue());
  }

  @Test
  void shouldTellIdentitiesApart() {
    assertThat(
            Set.of(
                Fingerprint.of("acme", "UsageEvent", "e1"),
                Fingerprint.of("acme", "UsageEvent", "e2"),
                Fingerprint.of("acme", "Usage", "Evente1"),
                Fingerprint.of("acm", "eUsageEvent", "e1"),
                Fingerprint.of("other", "UsageEvent", "e1")))
        .hasSize(5);
  }
}
