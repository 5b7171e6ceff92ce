package io.tollgate.domain.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.domain.claims.ClaimState.Answered;
import io.tollgate.domain.claims.ClaimState.Card;
import io.tollgate.domain.claims.ClaimState.Decline;
import io.tollgate.domain.claims.ClaimState.Identity;
import io.tollgate.domain.claims.ClaimState.Phone;
import io.tollgate.domain.claims.ClaimState.Slot;
import io.tollgate.domain.codec.CorruptStateException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes that registries hold: one that reads them differently gives a phone away twice. */
class ClaimCodecTest {

  static Stream<Arguments> states() {
    return Stream.of(
        Arguments.of(new Phone("acct-é"), "01 01 0e616363742dc3a9"),
        Arguments.of(
            new Identity(
                "a", 5, List.of(new Answered("a", "1", 5, null), new Answered("b", "2", 6, 9L))),
            "01 02 0261 0a" + "04" + "0261 0231 0a 00" + "0262 0232 0c 01 12"),
        Arguments.of(
            new Card(List.of(new Slot("a", "a:1:1", 7)), List.of(new Decline("b", "p:1", -1))),
            "01 03" + "02 0261 0a613a313a31 0e" + "02 0262 06703a31 01"));
  }

  @ParameterizedTest
  @MethodSource("states")
  void shouldWriteAndReadAsEver(ClaimState state, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThat(ClaimCodec.encode(state)).asHexString().isEqualToIgnoringCase(hex.replace(" ", ""));
    assertThat(ClaimCodec.decode(bytes)).isEqualTo(state);
  }

  @Test
  void shouldRefuseWhatItCannotRead() {
    byte[] good = ClaimCodec.encode(new Phone("a"));
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    byte[] shorter = Arrays.copyOf(good, good.length - 1);

    assertThatThrownBy(() -> ClaimCodec.decode(longer)).isInstanceOf(CorruptStateException.class);
    assertThatThrownBy(() -> ClaimCodec.decode(shorter)).isInstanceOf(CorruptStateException.class);
    assertThatThrownBy(() -> ClaimCodec.decode(new byte[] {2, 1, 2, 'a'}))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("format 2");
    assertThatThrownBy(() -> ClaimCodec.decode(new byte[] {1, 9}))
        .isInstanceOf(CorruptStateException.class)
        .hasMessageContaining("kind 9");
  }
}
