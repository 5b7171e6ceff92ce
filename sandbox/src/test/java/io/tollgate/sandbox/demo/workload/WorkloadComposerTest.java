package io.tollgate.sandbox.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.events.RejectionReason;
import io.tollgate.prices.PriceListCsv;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkloadComposerTest {

  private static final Instant NOW = Instant.parse("2026-09-01T00:00:00Z");
  private static final PlannedPrices PRICES = new PlannedPrices(PriceListCsv.builtIn(), NOW);

  private static Workload compose(int requests, int accounts, long seed) {
    return WorkloadComposer.compose(
        GeneratedSizes.generate(requests, seed), accounts, seed, PRICES);
  }

  @Test
  void shouldComposeTheSameForTheSameSeed() {
    assertThat(compose(2_000, 30, 5)).isEqualTo(compose(2_000, 30, 5));
    assertThat(compose(2_000, 30, 5).requests()).isNotEqualTo(compose(2_000, 30, 6).requests());
  }

  @Test
  void shouldMakeOneRequestOfEachSizeInOrder() {
    List<RequestSize> sizes = GeneratedSizes.generate(3_000, 1);

    List<Request> requests = WorkloadComposer.compose(sizes, 10, 1, PRICES).requests();

    assertThat(requests).hasSameSizeAs(sizes);
    for (int i = 0; i < sizes.size(); i++) {
      assertThat(requests.get(i).number()).isEqualTo(i);
      assertThat(requests.get(i).atNanos()).isEqualTo(sizes.get(i).atNanos());
      assertThat(requests.get(i).inputTokens()).isEqualTo(sizes.get(i).inputTokens());
    }
  }

  @Test
  void shouldBreakSomeRequestsInEveryWay() {
    Workload workload = compose(500, 10, 1);

    assertThat(workload.rejections())
        .containsOnlyKeys(
            RejectionReason.UNPRICED,
            RejectionReason.CONFLICTING_DUPLICATE,
            RejectionReason.MALFORMED,
            RejectionReason.UNDECODABLE,
            RejectionReason.MISROUTED);
    assertThat(workload.duplicates()).isPositive();
  }

  @Test
  void shouldRepeatOnlyWhatWasSentBeforeWithTheSameContent() {
    Map<String, Request> valid = new HashMap<>();
    for (Request request : compose(20_000, 50, 3).requests()) {
      if (request.form() == Form.VALID) {
        assertThat(valid.put(request.eventId(), request)).isNull();
      } else if (request.form() == Form.RETRY) {
        assertThat(request)
            .usingRecursiveComparison()
            .ignoringFields("number", "atNanos", "form")
            .isEqualTo(valid.get(request.eventId()));
      } else if (request.form() == Form.CONFLICT) {
        assertThat(valid.get(request.eventId()))
            .isNotNull()
            .matches(
                earlier ->
                    earlier.inputTokens() != request.inputTokens()
                        || earlier.outputTokens() != request.outputTokens());
      }
    }
  }

  @Test
  void shouldHaveAccountsOfEveryKind() {
    List<AccountPlan> accounts = compose(100, 20, 1).accounts();

    assertThat(accounts).extracting(AccountPlan::accountId).doesNotHaveDuplicates().hasSize(20);
    assertThat(accounts.stream().map(AccountPlan::funding).collect(Collectors.toSet()))
        .containsAll(Arrays.asList(Funding.values()));
    assertThat(accounts.stream().map(AccountPlan::verification).collect(Collectors.toSet()))
        .containsAll(Arrays.asList(Verification.values()));
  }

  @Test
  void shouldPlanWhatTheRequestsOfAnAccountCost() {
    Workload workload = compose(1_000, 5, 2);

    for (AccountPlan account : workload.accounts()) {
      long planned =
          workload.requests().stream()
              .filter(request -> request.form() == Form.VALID)
              .filter(request -> request.accountId().equals(account.accountId()))
              .mapToLong(
                  request ->
                      PRICES.nanos(request.model(), request.inputTokens(), request.outputTokens()))
              .sum();
      assertThat(account.plannedNanos()).isEqualTo(planned);
    }
  }

  @Test
  void shouldBreakTheFirstRequestsToo() {
    // No valid request before it to be in conflict with.
    assertThat(compose(1, 1, 1).requests()).hasSize(1);
    assertThat(compose(97, 1, 1).rejections()).containsOnlyKeys(RejectionReason.UNPRICED);
  }

  @Test
  void shouldCallOnlyModelsOfThePriceList() {
    assertThat(ModelMix.models()).allMatch(PRICES::covers);
    assertThat(PRICES.covers(ModelMix.UNKNOWN_MODEL)).isFalse();
  }

  @Test
  void shouldGateModelsThatAreCalled() {
    assertThat(ModelMix.policies(NOW))
        .hasSize(2)
        .allMatch(policy -> ModelMix.models().contains(policy.getModel()))
        .allMatch(policy -> policy.getRequirements().get(0).getEffectiveFrom().isBefore(NOW));
  }
}
