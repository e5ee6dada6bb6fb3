package io.hakmem.heap;

import java.lang.invoke.MethodHandles;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is copied; its static part is another one in each copy. A copy cannot be a nested class. */
final class CopiedClass implements Supplier<String> {

  private static final @Nullable Object KIND = ClassCopies.kindOf(MethodHandles.lookup());

  private final String name;

  CopiedClass(String name) {
    this.name = name;
  }

  @Override
  public String get() {
    return name + " of " + KIND;
  }
}
