package io.tollgate.consumers.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.event.Quantities;
import io.tollgate.events.BlockReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

  private static final long NOW = GateRecords.NOW;

  private final Access access = new Access();
  private final ModelRecords records = new ModelRecords();

  @BeforeEach
  void publish() {
    records.putPrices("gpt-5", GateRecords.prices("gpt-5", "gpt-latest"));
    records.putPrices("sora", GateRecords.prices("sora"));
    records.putPolicy("gpt-5", GateRecords.policy("gpt-5", "image", GateRecords.START));
    records.putPolicy("sora", GateRecords.policy("sora", "*", GateRecords.START));
    access.replaceModels(records.table());
  }

  /** The order of the pipeline: suspended, verification, price, spend limit. */
  @ParameterizedTest
  @CsvSource({
    "true,  false, true,  free,  ACCOUNT_SUSPENDED",
    "true,  true,  false, sora,  ACCOUNT_SUSPENDED",
    "false, false, true,  sora,  VERIFICATION_REQUIRED",
    "false, false, true,  free,  UNPRICED_MODEL",
    "false, true,  true,  free,  UNPRICED_MODEL",
    "false, true,  true,  sora,  SPEND_LIMIT_REACHED",
    "false, false, true,  gpt-5, SPEND_LIMIT_REACHED",
    "false, true,  false, sora,",
    "false, false, false, gpt-5,"
  })
  void shouldRefuseInTheOrderOfThePipeline(
      boolean suspended,
      boolean verified,
      boolean limitReached,
      String model,
      @Nullable BlockReason reason) {
    AccountState account = AccountState.of(suspended, verified, false, limitReached);

    AccessDecision refusal = access.refusal(account, model, List.of(), NOW);

    assertThat(refusal == null ? null : refusal.reason()).isEqualTo(reason);
  }

  @Test
  void shouldSayWhichPolicyStandsInTheWayAndWhatToDo() {
    AccessDecision refusal = refusal("gpt-latest", "text", "image");

    assertThat(refusal)
        .isEqualTo(
            new AccessDecision(
                BlockReason.VERIFICATION_REQUIRED,
                "Capability image of model gpt-latest needs a verified organisation since "
                    + "2026-01-01T00:00:00.000Z. Verify the organisation, or use a model that does not need it.",
                "policy-image",
                false));
  }

  @Test
  void shouldGateOnlyTheCapabilitiesThatAPolicyNames() {
    assertThat(refusal("gpt-5", "text")).isNull();
    assertThat(refusal("gpt-5")).isNull();
  }

  @Test
  void shouldGateFromTheInstantAtWhichARequirementIsInForce() {
    AccountState unverified = AccountState.of(false, false, false, false);

    assertThat(access.refusal(unverified, "sora", List.of(), NOW - 1)).isNull();
    assertThat(access.refusal(unverified, "sora", List.of(), NOW)).isNotNull();
  }

  @Test
  void shouldForgetAPolicyThatIsRemoved() {
    records.putPolicy("sora", null);
    access.replaceModels(records.table());

    assertThat(refusal("sora")).isNull();
  }

  @Test
  void shouldKeepWhatWasValidWhenSomethingInvalidIsPublished() {
    var invalid = GateRecords.prices("gpt-5");
    invalid.getRows().get(0).setNanosPerMillion(-1);

    assertThat(records.putPrices("gpt-5", invalid)).isNotNull();
    access.replaceModels(records.table());

    assertThat(refusal("gpt-latest")).isNull();
  }

  @Test
  void shouldPriceByAliasToo() {
    assertThat(
            access
                .models()
                .rate("gpt-latest", "standard", new Quantities(1, 0, 0, 2, Map.of()), NOW)
                .cost()
                .roundedUp())
        .isEqualTo(3_000);
  }

  @Test
  void shouldTakeAnAccountWithoutARecordForUnverifiedAndWithoutCredit() {
    access.accounts().put("acme", GateRecords.funded("acme", true));
    assertThat(access.accounts().get("acme")).isEqualTo(AccountState.of(false, true, false, false));

    access.accounts().put("acme", null);

    assertThat(access.accounts().get("acme"))
        .isEqualTo(AccountState.of(false, false, true, false))
        .isEqualTo(access.accounts().get("never heard of"));
  }

  private @Nullable AccessDecision refusal(String model, String... capabilities) {
    return access.refusal(
        AccountState.of(false, false, false, false), model, List.of(capabilities), NOW);
  }
}
