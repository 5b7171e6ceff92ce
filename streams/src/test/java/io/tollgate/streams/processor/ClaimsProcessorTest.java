package io.tollgate.streams.processor;

import static io.tollgate.schemas.topics.TopicCatalogue.CLAIM_ANSWERS;
import static io.tollgate.schemas.topics.TopicCatalogue.CLAIM_REQUESTS;
import static io.tollgate.schemas.topics.TopicCatalogue.REJECTED_EVENTS;
import static io.tollgate.streams.fixture.Events.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.ClaimAction;
import io.tollgate.events.ClaimAnswered;
import io.tollgate.events.ClaimKind;
import io.tollgate.events.ClaimRequested;
import io.tollgate.events.RejectedEvent;
import io.tollgate.events.RejectionReason;
import io.tollgate.streams.config.SourceOffset;
import io.tollgate.streams.fixture.Accounts;
import io.tollgate.streams.fixture.Events;
import io.tollgate.streams.fixture.Output;
import io.tollgate.streams.fixture.TopologyDriver;
import io.tollgate.streams.state.StateBackend;
import io.tollgate.streams.topology.RegistryTopology;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims and their answers, as records. */
class ClaimsProcessorTest {

  @TempDir Path stateDirectory;
  private TopologyDriver registry;

  @BeforeEach
  void start() {
    registry =
        new TopologyDriver(
            new RegistryTopology(
                Accounts.NAMES,
                StateBackend.MEMORY,
                Set.of(new SourceOffset(CLAIM_REQUESTS.name(), 0, 7))),
            Accounts.NAMES,
            stateDirectory);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private static ClaimRequested.Builder claim(ClaimKind kind, String hash, String account) {
    return ClaimRequested.newBuilder()
        .setKind(kind)
        .setClaimKey(kind + ":" + hash)
        .setAccountId(account)
        .setSubject("s")
        .setRequestedAt(START);
  }

  @Test
  void shouldAnswerTheAccountThatAsked() {
    registry
        .at(START.plusSeconds(1))
        .add(CLAIM_REQUESTS, claim(ClaimKind.PHONE, "p", "a").build())
        .add(CLAIM_REQUESTS, claim(ClaimKind.PHONE, "p", "b").build());

    Output first = registry.read(CLAIM_ANSWERS).get(0);
    assertThat(first.key()).isEqualTo("a");
    assertThat(first.time()).isEqualTo(START.plusSeconds(1));
    ClaimAnswered granted = first.as(ClaimAnswered.class);
    assertThat(granted.getClaimKey()).isEqualTo("PHONE:p");
    assertThat(granted.getSubject()).isEqualTo("s");
    assertThat(granted.getGranted()).isTrue();
    assertThat(granted.getAnsweredAt()).isEqualTo(START);
  }

  @Test
  void shouldRefuseWhatAnotherAccountHolds() {
    registry.add(CLAIM_REQUESTS, claim(ClaimKind.PHONE, "p", "a").build());
    registry.read(CLAIM_ANSWERS);

    registry.add(CLAIM_REQUESTS, claim(ClaimKind.PHONE, "p", "b").build());
    Output second = registry.read(CLAIM_ANSWERS).get(0);
    assertThat(second.key()).isEqualTo("b");
    assertThat(second.as(ClaimAnswered.class).getGranted()).isFalse();
    assertThat(second.as(ClaimAnswered.class).getReason()).isEqualTo("PHONE_ALREADY_USED");
  }

  @Test
  void shouldAnswerNothingToWhatIsNoClaim() {
    registry.add(
        CLAIM_REQUESTS,
        claim(ClaimKind.CARD, "c", "a")
            .setAction(ClaimAction.DECLINED)
            .setPayment("p:1")
            .setOccurredAt(START)
            .build());

    assertThat(registry.read(CLAIM_ANSWERS)).isEmpty();
    assertThat(registry.read(REJECTED_EVENTS)).isEmpty();
  }

  @Test
  void shouldRejectWhatIsNoRequestAndGoOn() {
    registry
        .addBytes(CLAIM_REQUESTS, new byte[] {1}, new byte[] {1})
        .addBytes(CLAIM_REQUESTS, new byte[] {1}, null)
        .add(CLAIM_REQUESTS, "k", claim(ClaimKind.PHONE, "p", "a").setClaimKey("CARD:p").build())
        .add(CLAIM_REQUESTS, claim(ClaimKind.PHONE, "p", "").build())
        .add(CLAIM_REQUESTS, "other", claim(ClaimKind.PHONE, "p", "a").build())
        .add(CLAIM_REQUESTS, "k", Events.tick(START));

    assertThat(registry.read(REJECTED_EVENTS, RejectedEvent.class))
        .extracting(RejectedEvent::getReason)
        .containsExactly(
            RejectionReason.UNDECODABLE,
            RejectionReason.MALFORMED,
            RejectionReason.MALFORMED,
            RejectionReason.MALFORMED,
            RejectionReason.MISROUTED,
            RejectionReason.UNDECODABLE);
    registry.add(CLAIM_REQUESTS, claim(ClaimKind.PHONE, "p", "a").build());
    assertThat(registry.read(CLAIM_ANSWERS)).hasSize(1);
  }

  @Test
  void shouldPassOverWhatIsQuarantined() {
    for (int offset = 0; offset < 8; offset++) {
      registry.add(CLAIM_REQUESTS, claim(ClaimKind.PHONE, "p" + offset, "a").build());
    }

    assertThat(registry.read(CLAIM_ANSWERS)).hasSize(7);
    RejectedEvent rejected = registry.read(REJECTED_EVENTS, RejectedEvent.class).get(0);
    assertThat(rejected.getReason()).isEqualTo(RejectionReason.QUARANTINED);
    assertThat(rejected.getSourceTopic()).isEqualTo("claim-requests");
    assertThat(rejected.getSourceOffset()).isEqualTo(7);
  }
}
