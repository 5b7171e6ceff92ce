package io.tollgate.consumers.recharge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a charge. The same charge must have the same result however often it is asked for,
 * or the pipeline rejects the second as a conflict; {@code occurredAt} may differ.
 */
public sealed interface ChargeResult {

  /**
   * Money was taken.
   *
   * @param paymentId the provider's id of the payment
   * @param occurredAt when
   * @param cardFingerprint fingerprint of the card, the same for the same card in every account;
   *     null: not known
   */
  record Succeeded(String paymentId, Instant occurredAt, @Nullable String cardFingerprint)
      implements ChargeResult {}

  /**
   * The card was declined.
   *
   * @param paymentId the provider's id of the payment
   * @param occurredAt when
   * @param declineCode the provider's decline code
   * @param adviceCode the provider's advice on what to do next; null: none
   * @param networkAdviceCode the card network's advice code; null: none
   * @param cardFingerprint fingerprint of the card; null: not known
   */
  record Declined(
      String paymentId,
      Instant occurredAt,
      String declineCode,
      @Nullable String adviceCode,
      @Nullable String networkAdviceCode,
      @Nullable String cardFingerprint)
      implements ChargeResult {}

  /** It is not known, or not decided yet, whether money was taken. */
  record Unknown() implements ChargeResult {}
}
