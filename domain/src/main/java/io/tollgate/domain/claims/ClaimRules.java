package io.tollgate.domain.claims;

import io.tollgate.domain.UtcCalendar;
import io.tollgate.domain.claims.ClaimState.Answered;
import io.tollgate.domain.claims.ClaimState.Identity;
import io.tollgate.domain.claims.ClaimState.Phone;
import io.tollgate.domain.effect.Effect.ClaimAction;
import io.tollgate.domain.effect.Effect.ClaimRequested;
import io.tollgate.domain.event.AccountEvent.ClaimAnswered;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the registry, which decides across all accounts: a phone belongs to the first
 * account that claims it, for ever; an identity verifies one account per 90 days; a card may be
 * declined 15 times in 30 days. Total, and the same request gets the same answer, so that accounts
 * that are replayed gain nothing.
 */
public final class ClaimRules {

  static final String PHONE_ALREADY_USED = "PHONE_ALREADY_USED";
  static final String IDENTITY_IN_USE = "IDENTITY_IN_USE";

  /** How long a claim of an identity keeps other accounts from it. */
  static final long IDENTITY_HOLD = 90 * UtcCalendar.DAY_MILLIS;

  /** Answers remembered of one identity: far more than anybody verifies anew. */
  static final int REMEMBERED_ANSWERS = 64;

  private ClaimRules() {}

  /**
   * What became of a request.
   *
   * @param state what is to be kept from now on; null: nothing
   * @param answer null: the request asks for none
   */
  public record Verdict(@Nullable ClaimState state, @Nullable ClaimAnswered answer) {}

  /**
   * Decides a request.
   *
   * @param state what is kept under the request's claim key; null: nothing
   */
  public static Verdict decide(@Nullable ClaimState state, ClaimRequested request) {
    return switch (request.kind()) {
      case PHONE -> isClaim(request) ? phone((Phone) state, request) : new Verdict(state, null);
      case IDENTITY ->
          isClaim(request) ? identity((Identity) state, request) : new Verdict(state, null);
      case CARD -> CardBudget.decide((ClaimState.Card) state, request);
    };
  }

  private static boolean isClaim(ClaimRequested request) {
    return request.action() == ClaimAction.CLAIM;
  }

  private static Verdict phone(@Nullable Phone known, ClaimRequested request) {
    Phone phone = known == null ? new Phone(request.accountId()) : known;
    return new Verdict(
        phone,
        phone.holder().equals(request.accountId())
            ? granted(request, request.requestedAt())
            : refused(request, request.requestedAt(), PHONE_ALREADY_USED, null));
  }

  private static Verdict identity(@Nullable Identity known, ClaimRequested request) {
    if (known == null) {
      return decided(request.accountId(), request.requestedAt(), List.of(), request, null);
    }
    for (Answered before : known.decided()) {
      if (before.accountId().equals(request.accountId())
          && before.subject().equals(request.subject())) {
        return new Verdict(known, answer(request, before));
      }
    }
    // Requests of different accounts come in the order of arrival, not of their times.
    long at = Math.max(request.requestedAt(), known.since());
    long freeAt = known.since() + IDENTITY_HOLD;
    return known.holder().equals(request.accountId()) || at >= freeAt
        ? decided(request.accountId(), at, known.decided(), request, null)
        : decided(known.holder(), known.since(), known.decided(), request, freeAt);
  }

  private static Verdict decided(
      String holder,
      long since,
      List<Answered> before,
      ClaimRequested request,
      @Nullable Long retryAt) {
    Answered answered =
        new Answered(
            request.accountId(),
            request.subject(),
            Math.max(request.requestedAt(), since),
            retryAt);
    List<Answered> all = new ArrayList<>(before);
    all.add(answered);
    List<Answered> kept = all.subList(Math.max(0, all.size() - REMEMBERED_ANSWERS), all.size());
    return new Verdict(new Identity(holder, since, kept), answer(request, answered));
  }

  private static ClaimAnswered answer(ClaimRequested request, Answered answered) {
    return answered.retryAt() == null
        ? granted(request, answered.at())
        : refused(request, answered.at(), IDENTITY_IN_USE, answered.retryAt());
  }

  static ClaimAnswered granted(ClaimRequested request, long at) {
    return answer(request, true, null, null, at);
  }

  static ClaimAnswered refused(
      ClaimRequested request, long at, String reason, @Nullable Long retryAt) {
    return answer(request, false, reason, retryAt, at);
  }

  private static ClaimAnswered answer(
      ClaimRequested request,
      boolean granted,
      @Nullable String reason,
      @Nullable Long retryAt,
      long at) {
    return new ClaimAnswered(
        request.kind(),
        request.claimKey(),
        request.accountId(),
        request.subject(),
        granted,
        reason,
        retryAt,
        at);
  }
}
