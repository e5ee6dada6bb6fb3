package io.hakmem.bench.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Refuses to catch every exception and let Errors pass. */
final class CatchErrorsToo extends ArchCondition<JavaClass> {

  private static final Set<Class<?>> ALL_EXCEPTIONS =
      Set.of(RuntimeException.class, Exception.class);
  private static final Set<Class<?>> ALL_ERRORS = Set.of(Error.class, Throwable.class);

  CatchErrorsToo() {
    super("catch Errors where they catch every exception");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    for (JavaCodeUnit code : type.getCodeUnits()) {
      for (TryCatchBlock block : code.getTryCatchBlocks()) {
        if (catches(block, ALL_EXCEPTIONS) && !catches(block, ALL_ERRORS)) {
          events.add(
              SimpleConditionEvent.violated(
                  block,
                  "%s lets Errors pass in %s"
                      .formatted(code.getFullName(), block.getSourceCodeLocation())));
        }
      }
    }
  }

  private static boolean catches(TryCatchBlock block, Set<Class<?>> some) {
    return block.getCaughtThrowables().stream()
        .anyMatch(caught -> some.stream().anyMatch(caught::isEquivalentTo));
  }
}
