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

  private static final int MADV_DONTNEED = 4;
  private static final int MADV_HUGEPAGE = 14;
  private static final int MADV_NOHUGEPAGE = 15;
  private static final int MADV_DONTNEED_LOCKED = 24;

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

  /** Where a call leaves its errno: made once, so that a call itself makes no object. */
  private final MemorySegment state = Arena.ofAuto().allocate(CALL_STATE);

  /** Calls by one thread at a time. Each is made once, with arguments that ask for nothing. */
  NativeCalls() {
    map(0);
    unmap(0, 0);
    allowAccess(0, 0);
    discard(0, 0);
  }

  private static MethodHandle call(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        signature,
        Linker.Option.captureCallState("errno"));
  }

  /** Maps address space without access: its address, or minus the {@code errno}. */
  long map(long bytes) {
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
    try {
      long address = (long) MMAP.invokeExact(state, 0L, bytes, PROT_NONE, flags, -1, 0L);
      return address == -1 ? -state.get(JAVA_INT, ERRNO) : address;
    } catch (Throwable e) {
      throw failed("mmap", e);
    }
  }

  int unmap(long address, long bytes) {
    try {
      return errno((int) MUNMAP.invokeExact(state, address, bytes));
    } catch (Throwable e) {
      throw failed("munmap", e);
    }
  }

  int allowAccess(long address, long bytes) {
    return protect(address, bytes, PROT_READ | PROT_WRITE);
  }

  int denyAccess(long address, long bytes) {
    return protect(address, bytes, PROT_NONE);
  }

  private int protect(long address, long bytes, int access) {
    try {
      return errno((int) MPROTECT.invokeExact(state, address, bytes, access));
    } catch (Throwable e) {
      throw failed("mprotect", e);
    }
  }

  /** Gives the memory back: the next access, where allowed, reads zeros. */
  int discard(long address, long bytes) {
    return advise(address, bytes, MADV_DONTNEED);
  }

  /** Asks for huge pages: each spares hundreds of entries of the address translation cache. */
  int preferHugePages(long address, long bytes) {
    return advise(address, bytes, MADV_HUGEPAGE);
  }

  /** Takes the wish for huge pages back. */
  int preferSmallPages(long address, long bytes) {
    return advise(address, bytes, MADV_NOHUGEPAGE);
  }

  /** Like {@link #discard}, of memory that the program locked too. */
  int discardLocked(long address, long bytes) {
    return advise(address, bytes, MADV_DONTNEED_LOCKED);
  }

  private int advise(long address, long bytes, int advice) {
    try {
      return errno((int) MADVISE.invokeExact(state, address, bytes, advice));
    } catch (Throwable e) {
      throw failed("madvise", e);
    }
  }

  /** What the system says about an {@code errno}, such as {@code Cannot allocate memory}. */
  String errorText(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(state, errno);
      return text.reinterpret(LONGEST_ERROR_TEXT_BYTES).getString(0);
    } catch (Throwable e) {
      throw failed("strerror", e);
    }
  }

  /** A segment over mapped memory that can be used as long as the arena is alive. */
  static MemorySegment memory(long address, long bytes, Arena arena) {
    return MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
  }

  private int errno(int result) {
    return result == 0 ? 0 : state.get(JAVA_INT, ERRNO);
  }

  /** A call throws nothing but what the JVM itself may throw at any time. */
  private static RuntimeException failed(String name, Throwable cause) {
    if (cause instanceof Error ofJvm) {
      throw ofJvm;
    }
    throw new IllegalStateException(name + " cannot be called", cause);
  }
}
