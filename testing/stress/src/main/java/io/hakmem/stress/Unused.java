package io.hakmem.stress;

import java.lang.reflect.Proxy;

/** A neighbour that a test must name and that is never called; it is equal to itself alone. */
public final class Unused {

  private Unused() {}

  /** One of the interface's kind; all calls but comparisons fail. */
  @SuppressWarnings("ReferenceEquality") // This is what says what is equal.
  public static <T> T of(Class<T> type) {
    Object stand =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("equals")) {
                return self == arguments[0];
              }
              throw new UnsupportedOperationException(
                  type.getSimpleName() + "." + method.getName());
            });
    return type.cast(stand);
  }
}
