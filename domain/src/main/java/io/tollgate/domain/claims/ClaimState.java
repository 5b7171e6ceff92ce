package io.tollgate.domain.claims;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the registry keeps of one phone, identity or card. Times are epoch milliseconds. */
public sealed interface ClaimState {

  /** A phone, which has the account that claimed it first for ever. */
  record Phone(String holder) implements ClaimState {}

  /**
   * An identity, which verifies one account at a time.
   *
   * @param since when its holder claimed or renewed it
   * @param decided the latest answers, so that the same request gets the same answer
   */
  record Identity(String holder, long since, List<Answered> decided) implements ClaimState {

    public Identity {
      decided = List.copyOf(decided);
    }
  }

  /**
   * An answer that was given.
   *
   * @param at the registry's rule time of it
   * @param retryAt null: granted; else when the claim could have succeeded at the earliest
   */
  record Answered(String accountId, String subject, long at, @Nullable Long retryAt) {}

  /**
   * A card, which may be declined so many times in its window.
   *
   * @param slots attempts whose outcome is not known
   * @param declines the latest declines, oldest first; older ones decide nothing any more
   */
  record Card(List<Slot> slots, List<Decline> declines) implements ClaimState {

    public Card {
      slots = List.copyOf(slots);
      declines = List.copyOf(declines);
    }
  }

  /** A place kept for an attempt, since its claim. */
  record Slot(String accountId, String subject, long at) {}

  /** A decline of one payment's attempt. */
  record Decline(String accountId, String payment, long at) {}
}
