package io.hakmem.bench.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PoolBoxProvider;

/** Refuses a class of one box that knows a class of another; a provider marks a box's package. */
final class BoxesStandAlone extends ArchCondition<JavaClass> {

  BoxesStandAlone() {
    super("know no other box");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (!isOfABox(type)) {
      return;
    }
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      JavaClass target = dependency.getTargetClass();
      if (isOfABox(target) && !target.getPackageName().equals(type.getPackageName())) {
        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
      }
    }
  }

  private static boolean isOfABox(JavaClass type) {
    return type.getPackage().getClasses().stream()
        .anyMatch(
            other ->
                !other.isInterface()
                    && (other.isAssignableTo(PoolBoxProvider.class)
                        || other.isAssignableTo(PageDirectoryProvider.class)));
  }
}
