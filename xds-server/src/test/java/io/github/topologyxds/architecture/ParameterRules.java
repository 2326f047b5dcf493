package io.github.topologyxds.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the parameters of a method or constructor must be like. Looked at is what somebody has
 * written here and could write otherwise: no canonical constructor of a record, no code of the
 * compiler's, and no method whose parameters a library's class or interface prescribes.
 */
final class ParameterRules {
  private ParameterRules() {}

  /** Counts what is written: no captures of a lambda, no arguments that the compiler adds. */
  static ArchCondition<JavaCodeUnit> haveAtMost(int ofMethod, int ofConstructor) {
    return new ArchCondition<>(
        "have at most %d parameters, a constructor at most %d".formatted(ofMethod, ofConstructor)) {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        int allowed = unit instanceof JavaConstructor ? ofConstructor : ofMethod;
        int count = parameters(unit).size();
        if (count > allowed && isOurs(unit)) {
          events.add(
              SimpleConditionEvent.violated(
                  unit, "%s has %d parameters".formatted(unit.getFullName(), count)));
        }
      }
    };
  }

  /** A call does not tell what a {@code true} means; constructors take what a record would hold. */
  static ArchCondition<JavaCodeUnit> takeNoBoolean() {
    return new ArchCondition<>("take no boolean") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        boolean takes =
            unit.getRawParameterTypes().stream().anyMatch(t -> t.isEquivalentTo(boolean.class));
        if (takes && unit instanceof JavaMethod && isOurs(unit)) {
          events.add(SimpleConditionEvent.violated(unit, unit.getFullName() + " takes a boolean"));
        }
      }
    };
  }

  /** Returns the parameters as they are written in the source. */
  private static List<JavaClass> parameters(JavaCodeUnit unit) {
    JavaClass owner = unit.getOwner();
    List<JavaClass> all = unit.getRawParameterTypes();
    // The compiler passes a constant's name and ordinal, and an inner class's outer object.
    boolean enumConstructor = unit instanceof JavaConstructor && owner.isEnum();
    boolean inner =
        unit instanceof JavaConstructor
            && owner.isInnerClass()
            && !owner.getModifiers().contains(JavaModifier.STATIC);
    int unwritten = enumConstructor ? 2 : inner ? 1 : 0;
    return all.subList(Math.min(unwritten, all.size()), all.size());
  }

  private static boolean isOurs(JavaCodeUnit unit) {
    return switch (unit) {
      case JavaConstructor constructor ->
          !isCanonical(constructor) && !constructor.getOwner().isAnonymousClass();
      case JavaMethod method ->
          !method.getModifiers().contains(JavaModifier.SYNTHETIC)
              && !method.getModifiers().contains(JavaModifier.BRIDGE)
              && !isPrescribed(method);
      default -> false;
    };
  }

  private static boolean isCanonical(JavaConstructor constructor) {
    JavaClass owner = constructor.getOwner();
    List<JavaClass> components =
        owner.getFields().stream()
            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
            .map(field -> field.getRawType())
            .toList();
    return owner.isRecord()
        && sorted(components).equals(sorted(constructor.getRawParameterTypes()));
  }

  /** The order of the fields is not told. */
  private static List<String> sorted(List<JavaClass> types) {
    return types.stream().map(JavaClass::getName).sorted().toList();
  }

  private static boolean isPrescribed(JavaMethod method) {
    JavaClass owner = method.getOwner();
    return Stream.concat(
            owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
        .filter(type -> !type.getPackageName().startsWith("io.github.topologyxds"))
        .flatMap(type -> type.getMethods().stream())
        .anyMatch(other ->
            other.getName().equals(method.getName())
                && other.getRawParameterTypes().size() == method.getRawParameterTypes().size());
  }
}
