package io.hakmem.bench.reliability;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings the own process to a limit of Linux, and away from it again. */
@SuppressWarnings("restricted")
final class LinuxLimits {

  private static final long OS_PAGE_BYTES = 4 << 10;
  private static final int RLIMIT_DATA = 2;
  private static final int RLIMIT_AS = 9;
  private static final int PROT_NONE = 0;
  private static final int PROT_READ = 1;
  private static final int PRIVATE_ANONYMOUS_NORESERVE = 0x4022;

  private static final MethodHandle MMAP =
      call("mmap", JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle MPROTECT = intCall("mprotect", JAVA_LONG, JAVA_LONG, JAVA_INT);
  private static final MethodHandle MUNMAP = intCall("munmap", JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SETRLIMIT =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("setrlimit"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  private final long most = mostMappings();
  private long mapped;

  private static MethodHandle call(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(JAVA_LONG, arguments));
  }

  private static MethodHandle intCall(String name, MemoryLayout... arguments) {
    return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle handle(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature);
  }

  private static long mostMappings() {
    return Long.parseLong(read("/proc/sys/vm/max_map_count").strip());
  }

  /** A setting of the kernel can be read in one go only, as a reader of lines does. */
  private static String read(String file) {
    try {
      return String.join("\n", Files.readAllLines(Path.of(file)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Bytes that count as data of the process now. */
  static long dataBytes() {
    return statusBytes("VmData:");
  }

  /** Bytes of address space that the process has now. */
  static long addressBytes() {
    return statusBytes("VmSize:");
  }

  private static long statusBytes(String name) {
    return read("/proc/self/status")
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .sum();
  }

  /** Whether an address belongs to a mapping. */
  static boolean isMapped(long address) {
    return isWithinOneMapping(address, address + 1);
  }

  /** Whether a range has neighbours in the same mapping, which its end would part. */
  static boolean isInTheMiddle(long address, long bytes) {
    return isWithinOneMapping(address - 1, address + bytes + 1);
  }

  private static boolean isWithinOneMapping(long from, long end) {
    return read("/proc/self/maps")
        .lines()
        .map(line -> line.substring(0, line.indexOf(' ')).split("-", -1))
        .anyMatch(
            range ->
                Long.compareUnsigned(Long.parseUnsignedLong(range[0], 16), from) <= 0
                    && Long.compareUnsigned(end, Long.parseUnsignedLong(range[1], 16)) <= 0);
  }

  /** From now on the system refuses to make more bytes writable than that; -1 is no limit. */
  static void limitData(long bytes) {
    limit(RLIMIT_DATA, bytes);
  }

  /** The same for address space. */
  static void limitAddressSpace(long bytes) {
    limit(RLIMIT_AS, bytes);
  }

  private static void limit(int resource, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(JAVA_LONG, 2);
      limit.setAtIndex(JAVA_LONG, 0, bytes);
      limit.setAtIndex(JAVA_LONG, 1, -1); // The hard limit, so that it can be raised again.
      if ((int) SETRLIMIT.invokeExact(resource, limit) != 0) {
        throw new IllegalStateException("setrlimit failed");
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes mappings until the process can have no other one. */
  void takeAllMappings() {
    try {
      long bytes = 2 * most * OS_PAGE_BYTES;
      mapped = (long) MMAP.invokeExact(0L, bytes, PROT_NONE, PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
      if (mapped == -1) {
        throw new IllegalStateException("mmap failed");
      }
      long at = mapped + OS_PAGE_BYTES;
      while ((int) MPROTECT.invokeExact(at, OS_PAGE_BYTES, PROT_READ) == 0) {
        at += 2 * OS_PAGE_BYTES;
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives them back. */
  void giveMappingsBack() {
    try {
      if ((int) MUNMAP.invokeExact(mapped, 2 * most * OS_PAGE_BYTES) != 0) {
        throw new IllegalStateException("munmap failed");
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
