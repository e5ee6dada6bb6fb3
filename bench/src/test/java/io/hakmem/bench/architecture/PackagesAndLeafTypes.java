package io.hakmem.bench.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Each package is a slice, the root too. Of a package, the types that depend on no other one of
 * ours are a slice of their own, its leaf types: exceptions and records that every part may use.
 */
final class PackagesAndLeafTypes implements SliceAssignment {

  private static final String OURS = "io.hakmem";

  private final Set<JavaClass> leaves;

  PackagesAndLeafTypes(JavaClasses classes) {
    leaves = classes.stream().map(JavaClass.class::cast).collect(Collectors.toSet());
    Set<JavaClass> others = new HashSet<>();
    do {
      others.clear();
      leaves.stream().filter(this::needsOthers).forEach(others::add);
      leaves.removeAll(others);
    } while (!others.isEmpty());
  }

  /** Whether it depends on something of ours that is no leaf of its own package. */
  private boolean needsOthers(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .map(JavaClass::getBaseComponentType)
        .filter(target -> target.getPackageName().startsWith(OURS))
        .anyMatch(
            target ->
                !target.getPackageName().equals(type.getPackageName()) || !leaves.contains(target));
  }

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(OURS)) {
      return SliceIdentifier.ignore();
    }
    return name.equals(OURS) && leaves.contains(type)
        ? SliceIdentifier.of(name, "leaf types")
        : SliceIdentifier.of(name);
  }

  @Override
  public String getDescription() {
    return "packages, and the leaf types of each";
  }
}
