package io.hakmem.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * The functions of an allocator; native ones are bound without the transition of the thread's
 * state.
 *
 * @param trim gives unused memory back, takes nothing and returns nothing
 */
public record Functions(
    MethodHandle allocate,
    MethodHandle free,
    MethodHandle reallocate,
    MethodHandle usableSize,
    MethodHandle trim) {

  private static final FunctionDescriptor LONG_TO_LONG =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor LONGS_TO_LONG =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor LONG_TO_VOID = FunctionDescriptor.ofVoid(JAVA_LONG);
  private static final MethodHandle NOTHING = MethodHandles.zero(void.class);

  /** The prefix of functions for Java, which read neither of the first two arguments. */
  private static final String RPMALLOC = "Java_org_lwjgl_system_rpmalloc_RPmalloc_";

  /** About to be dropped by the JDK, so found by its name. */
  public static final String UNSAFE = "sun.misc.Unsafe";

  public static Functions of(NativePeer peer) {
    if (peer == NativePeer.UNSAFE) {
      return unsafe(peer);
    }
    PackedLibrary library = peer.library;
    SymbolLookup lookup = library == null ? Linker.nativeLinker().defaultLookup() : library.load();
    return peer == NativePeer.RPMALLOC ? rpmalloc(lookup, peer) : plain(lookup, peer);
  }

  private static Functions plain(SymbolLookup lookup, NativePeer peer) {
    return new Functions(
        allocate(lookup, peer),
        bind(lookup.findOrThrow(peer.free), LONG_TO_VOID),
        bind(lookup.findOrThrow(peer.reallocate), LONGS_TO_LONG),
        bind(lookup.findOrThrow(peer.usableSize), LONG_TO_LONG),
        trim(lookup, peer));
  }

  private static MethodHandle allocate(SymbolLookup lookup, NativePeer peer) {
    MemorySegment function = lookup.findOrThrow(peer.allocate);
    if (peer != NativePeer.CALLOC) {
      return bind(function, LONG_TO_LONG);
    }
    return MethodHandles.insertArguments(bind(function, LONGS_TO_LONG), 0, 1L);
  }

  /** What the native driver calls too, see allocators.c. */
  private static MethodHandle trim(SymbolLookup lookup, NativePeer peer) {
    return switch (peer) {
      case MALLOC, CALLOC -> mallocTrim(lookup);
      case MI_MALLOC, MI_ZALLOC ->
          MethodHandles.insertArguments(
              bind(lookup.findOrThrow("mi_collect"), FunctionDescriptor.ofVoid(JAVA_BOOLEAN)),
              0,
              true);
      case JE_MALLOC ->
          MethodHandles.foldArguments(
              control(lookup, "arena.4096.purge"), control(lookup, "thread.tcache.flush"));
      case RPMALLOC, UNSAFE -> NOTHING;
    };
  }

  /** Gives back what the C library does not use, for those who allocate there by other means. */
  public static void trimMalloc() {
    call(mallocTrim(Linker.nativeLinker().defaultLookup()));
  }

  private static MethodHandle mallocTrim(SymbolLookup lookup) {
    FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
    MethodHandle trim = bind(lookup.findOrThrow("malloc_trim"), type);
    return dropResult(MethodHandles.insertArguments(trim, 0, 0L));
  }

  private static MethodHandle control(SymbolLookup lookup, String command) {
    FunctionDescriptor type =
        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    MemorySegment name = Arena.global().allocateFrom(command);
    MemorySegment none = MemorySegment.NULL;
    return dropResult(
        MethodHandles.insertArguments(
            bind(lookup.findOrThrow("je_mallctl"), type), 0, name, none, none, none, 0L));
  }

  private static MethodHandle dropResult(MethodHandle handle) {
    return handle.asType(MethodType.methodType(void.class));
  }

  /** Works without a warning only with {@code --sun-misc-unsafe-memory-access=allow}. */
  private static Functions unsafe(NativePeer peer) {
    try {
      Class<?> type = Class.forName(UNSAFE);
      Field field = type.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      Object instance = field.get(null);
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      return new Functions(
          lookup.bind(instance, peer.allocate, LONG_TO_LONG.toMethodType()),
          lookup.bind(instance, peer.free, LONG_TO_VOID.toMethodType()),
          lookup.bind(instance, peer.reallocate, LONGS_TO_LONG.toMethodType()),
          MethodHandles.dropArguments(MethodHandles.zero(long.class), 0, long.class),
          mallocTrim(Linker.nativeLinker().defaultLookup()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no " + UNSAFE + " to call: " + e, e);
    }
  }

  private static Functions rpmalloc(SymbolLookup lookup, NativePeer peer) {
    FunctionDescriptor initialize =
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    call(bind(lookup.findOrThrow(RPMALLOC + "nrpmalloc_1initialize"), initialize), 0L, 0L, 0L);
    FunctionDescriptor size = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    MemorySegment usableSize = lookup.findOrThrow(RPMALLOC + peer.usableSize);
    return new Functions(
        bind(rpmallocFunction(lookup, peer.allocate), LONG_TO_LONG),
        bind(rpmallocFunction(lookup, peer.free), LONG_TO_VOID),
        bind(rpmallocFunction(lookup, peer.reallocate), LONGS_TO_LONG),
        MethodHandles.insertArguments(bind(usableSize, size), 0, 0L, 0L),
        NOTHING);
  }

  private static MemorySegment rpmallocFunction(SymbolLookup lookup, String name) {
    MemorySegment address = lookup.findOrThrow(RPMALLOC + name + "_1address");
    return MemorySegment.ofAddress(
        ((Number) call(bind(address, LONGS_TO_LONG), 0L, 0L)).longValue());
  }

  private static Object call(MethodHandle handle, Object... arguments) {
    try {
      return handle.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("a native call failed", e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bind(MemorySegment function, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(function, type, Linker.Option.critical(false));
  }
}
