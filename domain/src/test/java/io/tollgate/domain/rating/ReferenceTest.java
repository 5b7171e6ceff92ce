package io.tollgate.domain.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.domain.rating.AccessPolicy.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTest {

  private final Reference reference = new Reference();

  @Test
  void shouldLetANameThatNobodyClaimsStandForItself() {
    assertThat(reference.resolve("anything")).isEqualTo("anything");
    assertThat(reference.prices("anything")).isNull();
  }

  @Test
  void shouldLetAnOwnNameBeatAnAlias() {
    reference.put(prices("a", "b"));
    assertThat(reference.resolve("b")).isEqualTo("a");
    reference.put(prices("b"));
    assertThat(reference.resolve("b")).isEqualTo("b");
    reference.removePrices("b");
    assertThat(reference.resolve("b")).isEqualTo("a");
  }

  @Test
  void shouldTakeTheFirstModelByNameOfTwoWithOneAlias() {
    reference.put(prices("z", "latest"));
    reference.put(prices("m", "latest"));
    reference.put(prices("q", "latest"));
    assertThat(reference.resolve("latest")).isEqualTo("m");
    reference.removePrices("m");
    assertThat(reference.resolve("latest")).isEqualTo("q");
  }

  @Test
  void shouldReplaceAllPricesAndAliasesOfAModel() {
    reference.put(prices("m", "old", "old", "both"));
    ModelPrices second = prices("m", "both", "new");
    reference.put(second);
    assertThat(reference.prices("m")).isEqualTo(second);
    assertThat(reference.resolve("old")).isEqualTo("old");
    assertThat(reference.resolve("both")).isEqualTo("m");
    assertThat(reference.resolve("new")).isEqualTo("m");
  }

  @Test
  void shouldForgetAModelWithItsTombstone() {
    reference.put(prices("m", "alias"));
    reference.removePrices("m");
    reference.removePrices("m");
    assertThat(reference.prices("m")).isNull();
    assertThat(reference.resolve("alias")).isEqualTo("alias");
  }

  @Test
  void shouldFindTheRequirementsOfTheModelThatANameStandsFor() {
    Requirement whole = new Requirement("*", "p1", 0, 100, null);
    Requirement images = new Requirement("images", "p2", 0, 50, 200L);
    reference.put(prices("m", "alias"));
    reference.put(new AccessPolicy("m", List.of(whole, images)));

    assertThat(reference.requirements("alias", List.of("images"), 49)).isEmpty();
    assertThat(reference.requirements("alias", List.of("images"), 50)).containsExactly(images);
    assertThat(reference.requirements("m", List.of("text"), 50)).isEmpty();
    assertThat(reference.requirements("m", List.of("images"), 100)).containsExactly(whole, images);
    assertThat(reference.requirements("m", List.of("images"), 199)).containsExactly(whole, images);
    assertThat(reference.requirements("m", List.of("images"), 200)).containsExactly(whole);
    assertThat(reference.requirements("other", List.of("images"), 200)).isEmpty();
  }

  @Test
  void shouldReplaceAPolicyAndForgetItWithItsTombstone() {
    reference.put(new AccessPolicy("m", List.of(new Requirement("*", "p1", 0, 0, null))));
    Requirement second = new Requirement("*", "p2", 0, 0, null);
    reference.put(new AccessPolicy("m", List.of(second)));
    assertThat(reference.requirements("m", List.of(), 1)).containsExactly(second);
    reference.removePolicy("m");
    assertThat(reference.requirements("m", List.of(), 1)).isEmpty();
  }

  @Test
  void shouldNameEveryModelThatHasPricesOrAPolicy() {
    AccessPolicy ofAlias = new AccessPolicy("latest", List.of());
    AccessPolicy unpriced = new AccessPolicy("a", List.of());
    reference.put(prices("m", "latest"));
    reference.put(ofAlias);
    reference.put(unpriced);

    assertThat(reference.models()).containsExactly("a", "m");
    assertThat(reference.policy("a")).isEqualTo(unpriced);
    assertThat(reference.policy("latest")).isNull(); // the name stands for m, which has none
  }

  private static ModelPrices prices(String model, String... aliases) {
    return new ModelPrices(
        model, List.of(aliases), List.of(new PriceRow("input", "standard", 0, 1, 0)));
  }
}
