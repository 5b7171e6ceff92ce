package io.tollgate.simulator.model;

/**
 * A message of an account to the registry that decides across all accounts: phones, identities and
 * cards.
 */
sealed interface Claim {
  String accountId();

  /** Asks for a phone, once for ever (§5). */
  record Phone(String accountId, String phoneHash, long verifiedAt, Cause cause) implements Claim {}

  /** Asks for an identity, for 90 days (§6). */
  record Identity(String accountId, String identityHash, long at, long occurredAt, Cause cause)
      implements Claim {}

  /** Asks whether a card may be charged once more (§7). */
  record CardSlot(String accountId, String card, String request, String rechargeId, long at)
      implements Claim {}

  /** Says that a card was declined; it takes the place of the slot of its request. */
  record CardDeclined(String accountId, String card, String request, long occurredAt)
      implements Claim {}

  /** Says that the slot of a request was not used up. */
  record CardSlotFree(String accountId, String card, String request) implements Claim {}
}
