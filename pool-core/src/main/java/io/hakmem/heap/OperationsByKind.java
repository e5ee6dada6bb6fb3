package io.hakmem.heap;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of each kind of composition, which the JIT compiles for that kind alone. */
public final class OperationsByKind {

  /** Those of whatever has no kind. */
  static final Operations SHARED = new HotPath();

  private static final ClassCopies COPIES =
      new ClassCopies(HotPath.class, MethodHandles.lookup(), MethodType.methodType(void.class));

  /** Guarded by this class. */
  private static final Map<Object, Operations> KNOWN = new HashMap<>();

  private OperationsByKind() {}

  /**
   * The operations of all allocators of a kind. Any thread.
   *
   * @param kind what decides which branches the operations take, compared by {@code equals}; null
   *     for the operations of whatever has no kind
   */
  public static synchronized Operations of(@Nullable Object kind) {
    if (kind == null) {
      return SHARED;
    }
    Operations known = KNOWN.get(kind);
    if (known == null) {
      known = made(COPIES.of(kind));
      KNOWN.put(kind, known);
    }
    return known;
  }

  private static Operations made(MethodHandle constructor) {
    try {
      return (Operations) constructor.invoke();
    } catch (RuntimeException | Error ofJvm) {
      throw ofJvm;
    } catch (Throwable never) {
      throw new IllegalStateException("a constructor without arguments failed", never);
    }
  }
}
