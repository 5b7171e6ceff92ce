package io.tollgate.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.cli.explain.History.Found;
import io.tollgate.cli.kafka.TopicRecord;
import io.tollgate.events.AccessRequirement;
import io.tollgate.events.AuthorizationDecided;
import io.tollgate.events.AuthorizationOutcome;
import io.tollgate.events.Cause;
import io.tollgate.events.EntryType;
import io.tollgate.events.LedgerEntry;
import io.tollgate.events.LotMovement;
import io.tollgate.events.ModelAccessPolicy;
import io.tollgate.events.Requirement;
import io.tollgate.schemas.TrustedTypes;
import io.tollgate.schemas.topics.TopicCatalogue;
import io.tollgate.schemas.topics.TopicSpec;
import io.tollgate.streams.config.DeclineFile;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Records of one account, and the stories that they give. */
final class ToldRecords {

  static final Instant TIME = Instant.parse("2026-09-01T10:00:00Z");
  static final long UNIT = 1_000_000_000L;

  static {
    TrustedTypes.trust();
  }

  final Policies policies = new Policies();
  private int offset;

  Found<ModelAccessPolicy> policy(long version, long publishedAfterSeconds) {
    ModelAccessPolicy policy =
        new ModelAccessPolicy(
            "m",
            List.of(
                new AccessRequirement(
                    "*", Requirement.VERIFIED_ORGANIZATION, "policy-1", TIME, TIME, null)),
            version);
    return new Found<>(found(policy, TIME.plusSeconds(publishedAfterSeconds)), policy);
  }

  List<Story> tell(History history, String id) {
    return Stories.of(history, policies, DeclineFile.shipped(), id);
  }

  History history(String id, SpecificRecord... records) {
    History history = new History("acme", record -> Stories.isAbout(record, id));
    for (SpecificRecord record : records) {
      history.add(found(record, TIME.plusSeconds(offset + 1)));
    }
    return history;
  }

  private TopicRecord found(SpecificRecord record, Instant at) {
    TopicSpec topic =
        TopicCatalogue.all().stream()
            .filter(spec -> spec.recordSet().contains(record.getSchema()))
            .findFirst()
            .orElseThrow();
    offset++;
    return new TopicRecord(topic, 0, offset, at, "acme", record, new byte[0], null);
  }

  static Story only(List<Story> stories) {
    assertThat(stories).hasSize(1);
    return stories.get(0);
  }

  static LedgerEntry entry(
      long version, EntryType type, String cause, long amount, long before, LotMovement movement) {
    return LedgerEntry.newBuilder()
        .setEntryId("acme:" + version)
        .setAccountId("acme")
        .setVersion(version)
        .setType(type)
        .setCause(new Cause("topic", cause, 0, version))
        .setOccurredAt(TIME)
        .setRecordedAt(TIME.plusSeconds(version))
        .setAmountNanos(amount)
        .setBalanceBeforeNanos(before)
        .setBalanceAfterNanos(before + amount)
        .setLotMovements(List.of(movement))
        .build();
  }

  static AuthorizationDecided decision(String id, AuthorizationOutcome outcome) {
    return AuthorizationDecided.newBuilder()
        .setAuthorizationId(id)
        .setAccountId("acme")
        .setOutcome(outcome)
        .setHeldNanos(4 * UNIT)
        .setExpiresAt(TIME.plusSeconds(600))
        .setFinalGrant(false)
        .setAvailableNanos(6 * UNIT)
        .setDecidedAt(TIME)
        .build();
  }
}
