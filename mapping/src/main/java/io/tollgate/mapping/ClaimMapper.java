package io.tollgate.mapping;

import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.events.ClaimAnswered;
import io.tollgate.events.ClaimKind;
import io.tollgate.events.ClaimRequested;
import java.time.Instant;

/** Claims as the registry sees them: requests that come in, answers that go out. */
public final class ClaimMapper {

  private ClaimMapper() {}

  /** The request that this record makes. */
  public static Effect.ClaimRequested request(ClaimRequested request) {
    Instant occurredAt = request.getOccurredAt();
    return new Effect.ClaimRequested(
        Effect.ClaimKind.valueOf(request.getKind().name()),
        Effect.ClaimAction.valueOf(request.getAction().name()),
        request.getClaimKey(),
        request.getAccountId(),
        request.getSubject(),
        request.getPayment(),
        request.getRequestedAt().toEpochMilli(),
        occurredAt == null ? null : occurredAt.toEpochMilli());
  }

  /** The record of an answer. */
  public static ClaimAnswered answer(AccountEvent.ClaimAnswered answer) {
    Long retryAt = answer.retryAt();
    return new ClaimAnswered(
        ClaimKind.valueOf(answer.kind().name()),
        answer.claimKey(),
        answer.accountId(),
        answer.subject(),
        answer.granted(),
        answer.reason(),
        retryAt == null ? null : Instant.ofEpochMilli(retryAt),
        Instant.ofEpochMilli(answer.occurredAt()));
  }
}
