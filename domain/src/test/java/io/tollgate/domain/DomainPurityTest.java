package io.tollgate.domain;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The domain is pure: no dependency, no clock, no I/O, no chance, no floating point. */
class DomainPurityTest {

  private static final Set<String> INEXACT =
      Set.of(
          "float",
          "double",
          Float.class.getName(),
          Double.class.getName(),
          BigDecimal.class.getName());

  private static final JavaClasses DOMAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tollgate.domain");

  @Test
  void shouldDependOnNothingButTheJdk() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.tollgate.domain..", "org.jspecify.annotations")
        .check(DOMAIN);
  }

  @Test
  void shouldDoNoInputOrOutputAndStartNoThreads() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("java.io..")
                .or(resideInAPackage("java.nio.file.."))
                .or(resideInAPackage("java.nio.channels.."))
                .or(resideInAPackage("java.net.."))
                .or(resideInAPackage("java.sql.."))
                .or(resideInAPackage("java.util.concurrent.."))
                .or(resideInAPackage("java.util.logging.."))
                .and(DescribedPredicate.not(named("java.io.Serializable"))))
        .orShould()
        .dependOnClassesThat(
            named("java.lang.Thread")
                .or(named("java.lang.ThreadLocal"))
                .or(named("java.lang.Process"))
                .or(named("java.util.Timer")))
        .check(DOMAIN);
  }

  @Test
  void shouldReadNoClock() {
    noClasses()
        .should()
        .callMethodWhere(
            callOf(
                "a clock",
                target ->
                    target.getOwner().getPackageName().startsWith("java.time")
                        && target.getName().equals("now")))
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat(
            named("java.time.Clock")
                .or(named("java.time.InstantSource"))
                .or(named("java.util.Date")))
        .orShould()
        .dependOnClassesThat(named("java.util.Calendar").or(named("java.util.GregorianCalendar")))
        .check(DOMAIN);
  }

  @Test
  void shouldLeaveNothingToChance() {
    noClasses()
        .should()
        .dependOnClassesThat(
            named("java.util.Random")
                .or(named("java.util.SplittableRandom"))
                .or(named("java.security.SecureRandom"))
                .or(named("java.util.UUID"))
                .or(resideInAPackage("java.util.random..")))
        .orShould()
        .callMethodWhere(
            callOf(
                "chance, or what a process may change",
                target ->
                    Set.of("random", "identityHashCode", "getenv", "getProperty")
                        .contains(target.getName())))
        .check(DOMAIN);
  }

  @Test
  void shouldKeepFloatingPointAndRoundedDecimalsAwayFromMoney() {
    fields().should().haveRawType(DescribedPredicate.not(inexact())).check(DOMAIN);
    codeUnits().should(neitherTakeGiveNorCallInexactNumbers()).check(DOMAIN);
  }

  @Test
  void shouldLetTheRulesOfAnAccountStandOnTopOfThePackagesBelow() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tollgate.domain.account")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.tollgate.domain.account")
        .check(DOMAIN);
  }

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe(name, javaClass -> javaClass.getName().equals(name));
  }

  private static DescribedPredicate<JavaClass> inexact() {
    return DescribedPredicate.describe(
        "an inexact number",
        javaClass -> INEXACT.contains(javaClass.getBaseComponentType().getName()));
  }

  private static DescribedPredicate<JavaCall<?>> callOf(
      String what, java.util.function.Predicate<CodeUnitCallTarget> test) {
    return DescribedPredicate.describe("call of " + what, call -> test.test(call.getTarget()));
  }

  private static ArchCondition<JavaCodeUnit> neitherTakeGiveNorCallInexactNumbers() {
    return new ArchCondition<>("neither take, give nor call for inexact numbers") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        if (isInexact(
            Stream.concat(
                unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType())))) {
          events.add(SimpleConditionEvent.violated(unit, unit.getFullName()));
        }
        for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
          if (access instanceof JavaCall<?> call
              && isInexact(
                  Stream.concat(
                      call.getTarget().getRawParameterTypes().stream(),
                      Stream.of(call.getTarget().getRawReturnType())))) {
            events.add(SimpleConditionEvent.violated(unit, call.getDescription()));
          }
        }
      }
    };
  }

  private static boolean isInexact(Stream<JavaClass> types) {
    return types.anyMatch(inexact());
  }
}
