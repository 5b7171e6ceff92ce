package io.tollgate.domain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each code of a declined payment asks for: data of card networks and payment providers, which
 * operators may replace.
 */
public record DeclineTable(Map<Code, Decline> declines) {

  /** The fields of a declined payment that have codes; the first with a known one counts. */
  public enum Field {
    NETWORK_ADVICE_CODE,
    ADVICE_CODE,
    DECLINE_CODE
  }

  /** What a decline asks for. */
  public enum DeclineClass {
    /** Never try this card again. */
    STOP,
    /** The customer must do something first. */
    CUSTOMER,
    /** The issuer holds it; the customer should call, and it is tried again. */
    ISSUER,
    /** Try again later. */
    RETRY
  }

  /** A code in its field. */
  public record Code(Field field, String code) {}

  /**
   * What one code asks for.
   *
   * @param delayMillis how long to wait before the next attempt; null: as long as the rules say
   */
  public record Decline(DeclineClass declineClass, @Nullable Long delayMillis) {}

  public DeclineTable {
    declines = Map.copyOf(declines);
  }

  /** What the first known code asks for; null if none is known. */
  public @Nullable Decline find(
      @Nullable String networkAdviceCode, @Nullable String adviceCode, String declineCode) {
    Decline found = find(Field.NETWORK_ADVICE_CODE, networkAdviceCode);
    if (found == null) {
      found = find(Field.ADVICE_CODE, adviceCode);
    }
    return found == null ? find(Field.DECLINE_CODE, declineCode) : found;
  }

  private @Nullable Decline find(Field field, @Nullable String code) {
    return code == null ? null : declines.get(new Code(field, code));
  }
}
