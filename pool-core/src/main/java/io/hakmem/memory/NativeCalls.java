package io.hakmem.memory;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The system calls, with the constants that Linux has on x86_64 and aarch64 alike. Initialising
 * this class makes the JVM warn unless native access is enabled.
 *
 * <p>All have one shape, since the linker makes code for each shape, which takes some ms of the
 * start of a program. On both processors the first six numbers of a call are in registers: a
 * function does not read those that it does not take, nor the upper half of an {@code int}.
 *
 * <p>A call returns 0, or the {@code errno} of its failure.
 */
@SuppressWarnings("restricted")
final class NativeCalls {

  private static final long PROT_NONE = 0;
  private static final long PROT_READ = 1;
  private static final long PROT_WRITE = 2;

  private static final long MAP_PRIVATE = 0x2;
  private static final long MAP_ANONYMOUS = 0x20;
  private static final long NO_FILE = -1;

  private static final long MADV_DONTNEED = 4;
  private static final long MADV_HUGEPAGE = 14;
  private static final long MADV_NOHUGEPAGE = 15;
  private static final long MADV_DONTNEED_LOCKED = 24;

  private static final long LONGEST_ERROR_TEXT_BYTES = 1024;

  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final int ERRNO =
      (int) CALL_STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private static final MethodHandle MMAP = call("mmap");
  private static final MethodHandle MUNMAP = call("munmap");
  private static final MethodHandle MPROTECT = call("mprotect");
  private static final MethodHandle MADVISE = call("madvise");
  private static final MethodHandle STRERROR = call("strerror");
  private static final MethodHandle GETPAGESIZE = call("getpagesize");

  /** Where a call leaves its errno: made once, so that a call itself makes no object. */
  private final MemorySegment state = Arena.ofAuto().allocate(CALL_STATE);

  /** The same for reads. A segment would link an access of its own for them. */
  private final ByteBuffer errno = state.asByteBuffer().order(ByteOrder.nativeOrder());

  private final int pageBytes;

  /** Calls by one thread at a time. Each is made once, with arguments that ask for nothing. */
  NativeCalls() {
    pageBytes = askPageBytes();
    map(0);
    unmap(0, 0);
    allowAccess(0, 0);
    discard(0, 0);
  }

  private static MethodHandle call(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), SHAPE, Linker.Option.captureCallState("errno"));
  }

  /** Maps address space without access: its address, or minus the {@code errno}. */
  long map(long bytes) {
    long flags = MAP_PRIVATE | MAP_ANONYMOUS;
    try {
      long address = (long) MMAP.invokeExact(state, 0L, bytes, PROT_NONE, flags, NO_FILE, 0L);
      return address == -1 ? -errno.getInt(ERRNO) : address;
    } catch (Throwable e) {
      throw failed("mmap", e);
    }
  }

  /** The length of the system's pages. */
  int pageBytes() {
    return pageBytes;
  }

  private int askPageBytes() {
    try {
      return (int) (long) GETPAGESIZE.invokeExact(state, 0L, 0L, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw failed("getpagesize", e);
    }
  }

  int unmap(long address, long bytes) {
    try {
      return errno((long) MUNMAP.invokeExact(state, address, bytes, 0L, 0L, 0L, 0L));
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

  private int protect(long address, long bytes, long access) {
    try {
      return errno((long) MPROTECT.invokeExact(state, address, bytes, access, 0L, 0L, 0L));
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

  private int advise(long address, long bytes, long advice) {
    try {
      return errno((long) MADVISE.invokeExact(state, address, bytes, advice, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw failed("madvise", e);
    }
  }

  /** What the system says about an {@code errno}, such as {@code Cannot allocate memory}. */
  String errorText(int code) {
    try {
      long text = (long) STRERROR.invokeExact(state, (long) code, 0L, 0L, 0L, 0L, 0L);
      return MemorySegment.ofAddress(text).reinterpret(LONGEST_ERROR_TEXT_BYTES).getString(0);
    } catch (Throwable e) {
      throw failed("strerror", e);
    }
  }

  /** A segment over mapped memory that can be used as long as the arena is alive. */
  static MemorySegment memory(long address, long bytes, Arena arena) {
    return MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
  }

  /** Of the result of a function that returns an {@code int}. */
  private int errno(long result) {
    return (int) result == 0 ? 0 : errno.getInt(ERRNO);
  }

  /** A call throws nothing but what the JVM itself may throw at any time. */
  private static RuntimeException failed(String name, Throwable cause) {
    if (cause instanceof Error ofJvm) {
      throw ofJvm;
    }
    throw new IllegalStateException(name + " cannot be called", cause);
  }
}
