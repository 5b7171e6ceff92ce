package io.tollgate.simulator.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is decided across all accounts: phones once for ever, identities for 90 days, cards 15
 * declines in 30 days.
 */
final class ClaimsRegistry {
  private static final long IDENTITY_HOLD = 90 * Times.DAY;
  private static final long CARD_WINDOW = 30 * Times.DAY;
  private static final int CARD_BUDGET = 15;

  private final Map<String, String> phones = new LinkedHashMap<>();
  private final Map<String, Holder> identities = new LinkedHashMap<>();
  private final Map<String, List<Slot>> cards = new LinkedHashMap<>();

  /** Whether the phone is free; asking uses it. */
  boolean claimPhone(Claim.Phone claim) {
    return phones.putIfAbsent(claim.phoneHash(), claim.accountId()) == null;
  }

  /** Whether the identity is free or the account's own; a refused claim renews nothing. */
  boolean claimIdentity(Claim.Identity claim) {
    Holder holder = identities.get(claim.identityHash());
    boolean free =
        holder == null
            || holder.accountId().equals(claim.accountId())
            || claim.at() >= holder.since() + IDENTITY_HOLD;
    if (free) {
      identities.put(claim.identityHash(), new Holder(claim.accountId(), claim.at()));
    }
    return free;
  }

  /** Null if the card may be charged once more, else the time to ask again. */
  @Nullable Long claimCard(Claim.CardSlot claim) {
    List<Slot> slots = cards.computeIfAbsent(claim.card(), card -> new ArrayList<>());
    List<Slot> counted = new ArrayList<>(slots);
    counted.removeIf(slot -> slot.at() + CARD_WINDOW <= claim.at());
    if (counted.size() < CARD_BUDGET) {
      slots.add(new Slot(claim.request(), claim.at()));
      return null;
    }
    counted.sort(Comparator.comparingLong(Slot::at));
    return counted.get(counted.size() - CARD_BUDGET).at() + CARD_WINDOW;
  }

  void declined(Claim.CardDeclined claim) {
    List<Slot> slots = cards.computeIfAbsent(claim.card(), card -> new ArrayList<>());
    free(slots, claim.request());
    slots.add(new Slot("", claim.occurredAt()));
  }

  void free(Claim.CardSlotFree claim) {
    free(cards.computeIfAbsent(claim.card(), card -> new ArrayList<>()), claim.request());
  }

  private static void free(List<Slot> slots, String request) {
    slots.removeIf(slot -> slot.request().equals(request));
  }

  private record Holder(String accountId, long since) {}

  /** A decline, or with the request's name a place kept for one. */
  private record Slot(String request, long at) {}
}
