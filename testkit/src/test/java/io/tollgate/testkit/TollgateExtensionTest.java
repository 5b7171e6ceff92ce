package io.tollgate.testkit;

import static io.tollgate.testkit.Money.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs small test classes with the extension and looks at what becomes of them. */
class TollgateExtensionTest {

  private static final String START = "2026-09-01T00:00:00Z";

  private static final List<TollgateTestDriver> SEEN = new ArrayList<>();

  @BeforeEach
  void forget() {
    SEEN.clear();
  }

  private static EngineExecutionResults run(Class<?> testClass) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(testClass)).execute();
  }

  private static Throwable failure(EngineExecutionResults results) {
    return results.allEvents().failed().stream()
        .findFirst()
        .flatMap(event -> event.getPayload(TestExecutionResult.class))
        .flatMap(TestExecutionResult::getThrowable)
        .orElseThrow();
  }

  private static void assertClosed(TollgateTestDriver driver) {
    assertThatThrownBy(driver::now)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the driver is closed; every test has one of its own");
  }

  @ExtendWith(TollgateExtension.class)
  static class TwoTests {

    @BeforeEach
    void before(TollgateTestDriver driver) {
      SEEN.add(driver);
      driver.at(START).payment("acme", usd("1"));
    }

    @Test
    void one(TollgateTestDriver driver) {
      SEEN.add(driver);
      driver.expectBalance("acme", usd("1"));
    }

    @Test
    void other(TollgateTestDriver driver) {
      SEEN.add(driver);
      driver.expectBalance("acme", usd("1"));
    }

    @AfterEach
    void after(TollgateTestDriver driver) {
      SEEN.add(driver);
      driver.expectBalance("acme", usd("1"));
    }
  }

  @Test
  void shouldGiveEachTestADriverOfItsOwn() {
    run(TwoTests.class).testEvents().assertStatistics(stats -> stats.succeeded(2));

    assertThat(SEEN).hasSize(6);
    assertThat(SEEN.subList(0, 3)).containsOnly(SEEN.get(0));
    assertThat(SEEN.subList(3, 6)).containsOnly(SEEN.get(3)).doesNotContain(SEEN.get(0));
  }

  @Test
  void shouldCloseTheDriverAfterTheTest() {
    run(TwoTests.class);

    assertThat(SEEN).isNotEmpty().allSatisfy(TollgateExtensionTest::assertClosed);
  }

  static class OwnSetup {

    @RegisterExtension
    static final TollgateExtension EXTENSION =
        TollgateExtension.of(TestSetup.tollgate().prices(Prices.sample()));

    @Test
    void test(TollgateTestDriver driver) {
      driver
          .at(START)
          .payment("acme", usd("2"))
          .usage("acme", "atlas", u -> u.setInputTokens(1_000_000L))
          .expectBalance("acme", usd("1"));
    }
  }

  @Test
  void shouldRunASetupOfOnesOwn() {
    run(OwnSetup.class).testEvents().assertStatistics(stats -> stats.succeeded(1));
  }

  @ExtendWith(TollgateExtension.class)
  static class Failing {

    @Test
    void test(TollgateTestDriver driver) {
      SEEN.add(driver);
      driver.at(START).payment("acme", usd("1"));
      throw new IllegalStateException("of its own");
    }
  }

  @Test
  void shouldAddTheHistoryToAFailureAndCloseTheDriver() {
    Throwable failure = failure(run(Failing.class));

    assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("of its own");
    assertThat(failure.getSuppressed())
        .singleElement()
        .extracting(Throwable::getMessage)
        .isEqualTo(SEEN.get(0).history());
    assertThat(SEEN.get(0).history()).contains("paymentId=payment-1");
    assertClosed(SEEN.get(0));
  }

  @ExtendWith(TollgateExtension.class)
  static class FailingAround {

    @BeforeEach
    void before(TollgateTestDriver driver) {
      driver.at(START).payment("acme", usd("1"));
      throw new IllegalStateException("before");
    }

    @Test
    void test() {}

    @AfterEach
    void after() {
      throw new IllegalStateException("after");
    }
  }

  @Test
  void shouldAddTheHistoryToAFailureAroundTheTest() {
    Throwable failure = failure(run(FailingAround.class));

    assertThat(failure).hasMessage("before");
    assertThat(failure.getSuppressed())
        .hasSize(2)
        .satisfiesExactlyInAnyOrder(
            history -> assertThat(history).hasMessageContaining("paymentId=payment-1"),
            after ->
                assertThat(after.getSuppressed())
                    .singleElement()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("paymentId=payment-1"));
  }

  @ExtendWith(TollgateExtension.class)
  static class Unmet {

    @Test
    void test(TollgateTestDriver driver) {
      driver.at(START).payment("acme", usd("1")).expectBalance("acme", usd("2"));
    }
  }

  @Test
  void shouldNotRepeatTheHistoryThatAnExpectationTells() {
    Throwable failure = failure(run(Unmet.class));

    assertThat(failure).hasMessageContaining("paymentId=payment-1");
    assertThat(failure.getSuppressed()).isEmpty();
  }

  @ExtendWith(TollgateExtension.class)
  static class WithoutDriver {

    @Test
    void test() {
      throw new KafkaException("of its own");
    }
  }

  @Test
  void shouldLeaveTestsAloneThatTakeNoDriver() {
    assertThat(failure(run(WithoutDriver.class)).getSuppressed()).isEmpty();
  }

  @ExtendWith(TollgateExtension.class)
  static class ForAll {

    @BeforeAll
    static void before(TollgateTestDriver driver) {
      driver.at(START);
    }

    @Test
    void test() {}
  }

  @ExtendWith(TollgateExtension.class)
  static class InConstructor {

    InConstructor(TollgateTestDriver driver) {
      driver.at(START);
    }

    @Test
    void test() {}
  }

  @Test
  void shouldRefuseADriverForMoreThanOneTest() {
    for (Class<?> testClass : List.of(ForAll.class, InConstructor.class)) {
      assertThat(failure(run(testClass)))
          .hasMessageContaining(
              "a driver is for one test: take it in the test method, @BeforeEach or @AfterEach");
    }
  }
}
