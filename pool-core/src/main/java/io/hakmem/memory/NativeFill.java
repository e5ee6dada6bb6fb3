package io.hakmem.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * The C library's {@code memset}, which clears a block in about half of the time that the JVM
 * takes. It does not know whether the memory is there: the caller must. Initialising this class
 * makes the JVM warn unless native access is enabled.
 */
@SuppressWarnings("restricted")
public final class NativeFill {

  private static final MethodHandle MEMSET = memset();

  private NativeFill() {}

  private static MethodHandle memset() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("memset"),
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG),
        Linker.Option.critical(false));
  }

  /**
   * Fills mapped memory with zeros; any thread.
   *
   * @param bytes 0 or more
   */
  @SuppressWarnings("unused") // The call must name its result to have the exact type.
  public static void zero(long address, long bytes) {
    try {
      long same = (long) MEMSET.invokeExact(address, 0, bytes);
    } catch (RuntimeException | Error ofJvm) {
      throw ofJvm;
    } catch (Throwable never) {
      throw failedSlow(never);
    }
  }

  private static IllegalStateException failedSlow(Throwable cause) {
    return new IllegalStateException("memset cannot be called", cause);
  }
}
