package dev.cascade.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.function.Predicate;

/**
 * A method or constructor that must not be used, as a call or as a method reference, and the way
 * out.
 *
 * @param what as a person would name it
 * @param wayOut what to use instead
 * @param uses whether an access is one to it
 */
record Ban(String what, String wayOut, Predicate<JavaAccess<?>> uses) {

  /** Bans every method of this name, on a class and all below it. */
  static Ban method(Class<?> owner, String name, String wayOut) {
    return new Ban(
        owner.getSimpleName() + "." + name, wayOut, on(owner).and(a -> a.getName().equals(name)));
  }

  /** Bans the method or constructor without parameters of this name. */
  static Ban bare(Class<?> owner, String name, String wayOut) {
    return new Ban(
        owner.getSimpleName() + "." + name + "()",
        wayOut,
        on(owner).and(a -> a.getName().equals(name) && parameters(a).isEmpty()));
  }

  /** Bans everything static and every constructor of a class and all below it. */
  static Ban entirely(Class<?> owner, String wayOut) {
    return new Ban(owner.getSimpleName(), wayOut, on(owner));
  }

  static Predicate<JavaAccess<?>> on(Class<?> owner) {
    return access -> access.getTargetOwner().isAssignableTo(owner);
  }

  /** The types that a called method or constructor takes. */
  static List<String> parameters(JavaAccess<?> access) {
    return access instanceof JavaCodeUnitAccess<?> call
        ? call.getTarget().getRawParameterTypes().stream().map(JavaClass::getName).toList()
        : List.of();
  }

  /** Holds for classes that use none of these. */
  static ArchCondition<JavaClass> useNoneOf(List<Ban> bans) {
    return new ArchCondition<>("use nothing of the table of bans") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        for (JavaAccess<?> access : javaClass.getAccessesFromSelf()) {
          for (Ban ban : bans) {
            if (ban.uses.test(access)) {
              events.add(
                  SimpleConditionEvent.violated(
                      access,
                      "%s is banned: %s. %s"
                          .formatted(ban.what, ban.wayOut, access.getDescription())));
            }
          }
        }
      }
    };
  }

  /** Classes that are none of these, nor nested in one. */
  static DescribedPredicate<JavaClass> otherThan(Iterable<String> names) {
    return DescribedPredicate.describe(
        "not among the named exceptions",
        javaClass -> {
          for (String name : names) {
            if (javaClass.getName().equals(name) || javaClass.getName().startsWith(name + "$")) {
              return false;
            }
          }
          return true;
        });
  }
}
