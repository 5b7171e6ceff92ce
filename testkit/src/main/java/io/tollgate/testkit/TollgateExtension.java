package io.tollgate.testkit;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives each test a {@link TollgateTestDriver} of its own, as a parameter of the test or of its
 * {@code @BeforeEach} and {@code @AfterEach} methods, and closes it afterwards. To whatever else a
 * test fails by, it adds the history.
 *
 * <p>{@code @ExtendWith(TollgateExtension.class)} runs Tollgate; for another setup, register {@link
 * #of} by {@code @RegisterExtension}.
 */
public final class TollgateExtension
    implements ParameterResolver,
        AfterEachCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {

  private static final Namespace NAMESPACE = Namespace.create(TollgateExtension.class);

  private final TestSetup setup;

  /** Runs Tollgate with its default settings, without prices. */
  public TollgateExtension() {
    this(TestSetup.tollgate());
  }

  private TollgateExtension(TestSetup setup) {
    this.setup = setup;
  }

  /** Runs this setup, anew for each test. */
  public static TollgateExtension of(TestSetup setup) {
    return new TollgateExtension(setup);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TollgateTestDriver.class;
  }

  @Override
  public TollgateTestDriver resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (context.getTestMethod().isEmpty()
        || !(parameter.getDeclaringExecutable() instanceof Method)) {
      throw new ParameterResolutionException(
          "a driver is for one test: take it in the test method, @BeforeEach or @AfterEach");
    }
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            TollgateTestDriver.class, type -> setup.start(), TollgateTestDriver.class);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withHistory(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withHistory(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw withHistory(context, failure);
  }

  private static Throwable withHistory(ExtensionContext context, Throwable failure) {
    TollgateTestDriver driver = driver(context);
    if (driver != null && !(failure instanceof UnmetExpectationError)) {
      failure.addSuppressed(new Happened(driver.history()));
    }
    return failure;
  }

  private static @Nullable TollgateTestDriver driver(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(TollgateTestDriver.class, TollgateTestDriver.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TollgateTestDriver driver = driver(context);
    if (driver != null) {
      driver.close();
    }
  }

  /** Shows below a failure what had happened; has no stack trace of its own. */
  private static final class Happened extends Exception {

    private static final long serialVersionUID = 1L;

    Happened(String history) {
      super(history, null, false, false);
    }
  }
}
