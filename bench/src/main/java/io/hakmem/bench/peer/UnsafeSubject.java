package io.hakmem.bench.peer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * {@code allocateMemory} of a class that the JDK is about to drop. It is found by its name, and
 * works without a warning only in a JVM started with {@code --sun-misc-unsafe-memory-access=allow}.
 */
final class UnsafeSubject implements Subject {

  private static final String CLASS = "sun.misc.Unsafe";

  @Override
  public Blocks blocks() {
    return new Calls();
  }

  @Override
  public long usableSize(long address) {
    return 0;
  }

  @Override
  public String composition() {
    return CLASS + ".allocateMemory";
  }

  @Override
  public void trim() {
    Functions.trimMalloc();
  }

  /** The handles must be constants to be inlined. */
  private static final class Calls implements Blocks {

    private static final MethodHandle ALLOCATE =
        bind("allocateMemory", MethodType.methodType(long.class, long.class));
    private static final MethodHandle FREE =
        bind("freeMemory", MethodType.methodType(void.class, long.class));
    private static final MethodHandle REALLOCATE =
        bind("reallocateMemory", MethodType.methodType(long.class, long.class, long.class));

    private static MethodHandle bind(String name, MethodType type) {
      try {
        Class<?> unsafe = Class.forName(CLASS);
        Field instance = unsafe.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        return MethodHandles.lookup().findVirtual(unsafe, name, type).bindTo(instance.get(null));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("no " + CLASS + "." + name + ": " + e, e);
      }
    }

    @Override
    public long allocate(long bytes) {
      try {
        return (long) ALLOCATE.invokeExact(bytes);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    @Override
    public void free(long address) {
      try {
        FREE.invokeExact(address);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    @Override
    public long reallocate(long address, long bytes) {
      try {
        return (long) REALLOCATE.invokeExact(address, bytes);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    private static IllegalStateException failed(Throwable cause) {
      return new IllegalStateException("a call of " + CLASS + " failed", cause);
    }
  }
}
