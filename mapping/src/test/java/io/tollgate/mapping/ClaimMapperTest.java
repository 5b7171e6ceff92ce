package io.tollgate.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.effect.Effect;
import io.tollgate.domain.event.AccountEvent;
import io.tollgate.events.ClaimAnswered;
import io.tollgate.events.ClaimRequested;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What accounts and registry say to each other arrives as it was meant. */
class ClaimMapperTest {

  @Test
  void shouldBringRequestsToTheRegistry() {
    for (int round = 0; round < DistinctValues.ROUNDS; round++) {
      Effect.ClaimRequested request = new DistinctValues(round).record(Effect.ClaimRequested.class);

      SpecificRecord record = Objects.requireNonNull(EffectMapper.record(request));

      assertThat(ClaimMapper.request((ClaimRequested) record)).isEqualTo(request);
    }
  }

  @Test
  void shouldBringAnswersToTheAccount() {
    for (int round = 0; round < DistinctValues.ROUNDS; round++) {
      AccountEvent.ClaimAnswered answer =
          new DistinctValues(round).record(AccountEvent.ClaimAnswered.class);

      ClaimAnswered record = ClaimMapper.answer(answer);

      assertThat(EventMapper.accountEvent(record)).contains(answer);
    }
  }
}
