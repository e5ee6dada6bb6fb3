package io.hakmem.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The system calls, with the constants that Linux has on x86_64 and aarch64 alike. Initialising
 * this class makes the JVM warn unless native access is enabled.
 *
 * <p>A call returns 0, or the {@code errno} of its failure.
 */
@SuppressWarnings("restricted")
final class NativeCalls {

  private static final int PROT_NONE = 0;
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;

  private static final int MAP_PRIVATE = 0x2;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_NORESERVE = 0x4000;

  private static final int MADV_DONTNEED = 4;
  private static final int MADV_HUGEPAGE = 14;

  private static final long LONGEST_ERROR_TEXT_BYTES = 1024;

  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO =
      CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle MMAP =
      call(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      call("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle MPROTECT =
      call("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle MADVISE =
      call("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle STRERROR =
      call("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private NativeCalls() {}

  private static MethodHandle call(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        signature,
        Linker.Option.captureCallState("errno"));
  }

  /** Maps address space without access: its address, or minus the {@code errno}. */
  static long map(long bytes) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long address = (long) MMAP.invokeExact(state, 0L, bytes, PROT_NONE, flags, -1, 0L);
      return address == -1 ? -state.get(JAVA_INT, ERRNO) : address;
    } catch (Throwable e) {
      throw notCallable("mmap", e);
    }
  }

  static int unmap(long address, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      return errno(state, (int) MUNMAP.invokeExact(state, address, bytes));
    } catch (Throwable e) {
      throw notCallable("munmap", e);
    }
  }

  static int allowAccess(long address, long bytes) {
    return protect(address, bytes, PROT_READ | PROT_WRITE);
  }

  static int denyAccess(long address, long bytes) {
    return protect(address, bytes, PROT_NONE);
  }

  private static int protect(long address, long bytes, int access) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      return errno(state, (int) MPROTECT.invokeExact(state, address, bytes, access));
    } catch (Throwable e) {
      throw notCallable("mprotect", e);
    }
  }

  /** Gives the memory back: the next access, where allowed, reads zeros. */
  static int discard(long address, long bytes) {
    return advise(address, bytes, MADV_DONTNEED);
  }

  /** Asks for huge pages: each spares hundreds of entries of the address translation cache. */
  static int preferHugePages(long address, long bytes) {
    return advise(address, bytes, MADV_HUGEPAGE);
  }

  private static int advise(long address, long bytes, int advice) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      return errno(state, (int) MADVISE.invokeExact(state, address, bytes, advice));
    } catch (Throwable e) {
      throw notCallable("madvise", e);
    }
  }

  /** What the system says about an {@code errno}, such as {@code Cannot allocate memory}. */
  static String errorText(int errno) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(state, errno);
      return text.reinterpret(LONGEST_ERROR_TEXT_BYTES).getString(0);
    } catch (Throwable e) {
      throw notCallable("strerror", e);
    }
  }

  /** A segment over mapped memory that lives as long as the arena; its end runs the action. */
  static MemorySegment memory(long address, long bytes, Arena arena, Runnable atEnd) {
    return MemorySegment.ofAddress(address).reinterpret(bytes, arena, ended -> atEnd.run());
  }

  private static int errno(MemorySegment state, int result) {
    return result == 0 ? 0 : state.get(JAVA_INT, ERRNO);
  }

  private static IllegalStateException notCallable(String name, Throwable cause) {
    return new IllegalStateException(name + " cannot be called", cause);
  }
}
