package io.tollgate.sandbox.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedSizesTest {

  @Test
  void shouldGenerateTheSameForTheSameSeed() {
    assertThat(GeneratedSizes.generate(500, 9)).isEqualTo(GeneratedSizes.generate(500, 9));
  }

  @Test
  void shouldNeverGoBackInTime() {
    List<RequestSize> sizes = GeneratedSizes.generate(5_000, 1);

    for (int i = 1; i < sizes.size(); i++) {
      assertThat(sizes.get(i).atNanos()).isGreaterThanOrEqualTo(sizes.get(i - 1).atNanos());
    }
  }

  @Test
  void shouldHaveTheSizesOfConversations() {
    List<RequestSize> sizes = GeneratedSizes.generate(10_000, 1);

    assertThat(sizes.stream().mapToLong(RequestSize::inputTokens).average().orElseThrow())
        .isBetween(900.0, 1_700.0);
    assertThat(sizes.stream().mapToLong(RequestSize::outputTokens).average().orElseThrow())
        .isBetween(150.0, 300.0);
    assertThat(sizes).allMatch(size -> size.inputTokens() > 0 && size.outputTokens() > 0);
  }
}
