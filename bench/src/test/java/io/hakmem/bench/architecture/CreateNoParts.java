package io.hakmem.bench.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryProvider;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Refuses constructors of boxes, directories and page sources outside the composer. */
final class CreateNoParts extends ArchCondition<JavaClass> {

  private static final List<Class<?>> PARTS =
      List.of(PoolBox.class, PageDirectory.class, PageSource.class);

  private static final List<Class<?>> PROVIDERS =
      List.of(PageDirectoryProvider.class, PoolBoxProvider.class);

  /** Classes that may create parts, with the reason. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "io.hakmem.memory.PageSources",
          "knows what keeps the JVM from native access and hands the choice to the composer",
          "io.hakmem.fuzz.errors.ErrorRound",
          "hands the composer a page source that fails on purpose");

  CreateNoParts() {
    super("create no PoolBox, PageDirectory or PageSource, except %s", EXCEPTIONS);
  }

  @Override
  public void check(JavaClass creator, ConditionEvents events) {
    if (mayCreate(creator)) {
      return;
    }
    Stream.concat(
            creator.getConstructorCallsFromSelf().stream(),
            creator.getConstructorReferencesFromSelf().stream())
        .filter(access -> isPart(access.getTargetOwner()) && !isOfSuperclass(access))
        .forEach(
            access -> events.add(SimpleConditionEvent.violated(access, access.getDescription())));
  }

  private static boolean mayCreate(JavaClass creator) {
    return creator.getPackageName().equals("io.hakmem.compose")
        || EXCEPTIONS.containsKey(creator.getName())
        || PROVIDERS.stream().anyMatch(creator::isAssignableTo);
  }

  private static boolean isPart(JavaClass type) {
    return PARTS.stream().anyMatch(type::isAssignableTo);
  }

  /** A constructor starts with one of a superclass, or another of an abstract class: no object. */
  private static boolean isOfSuperclass(JavaCodeUnitAccess<?> access) {
    return access.getOriginOwner().getAllRawSuperclasses().contains(access.getTargetOwner())
        || access.getTargetOwner().getModifiers().contains(JavaModifier.ABSTRACT);
  }
}
