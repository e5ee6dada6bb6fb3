package io.hakmem.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** The functions of a native allocator, bound without the transition of the thread's state. */
record Functions(
    MethodHandle allocate, MethodHandle free, MethodHandle usableSize, MethodHandle reallocate) {

  private static final FunctionDescriptor LONG_TO_LONG =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor LONGS_TO_LONG =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG);

  static Functions of(NativePeer peer) {
    SymbolLookup lookup =
        peer.isMimalloc() ? Mimalloc.load() : Linker.nativeLinker().defaultLookup();
    return new Functions(
        allocate(lookup, peer),
        bind(lookup, peer.isMimalloc() ? "mi_free" : "free", FunctionDescriptor.ofVoid(JAVA_LONG)),
        bind(lookup, peer.isMimalloc() ? "mi_usable_size" : "malloc_usable_size", LONG_TO_LONG),
        bind(lookup, peer.isMimalloc() ? "mi_realloc" : "realloc", LONGS_TO_LONG));
  }

  private static MethodHandle allocate(SymbolLookup lookup, NativePeer peer) {
    if (peer != NativePeer.CALLOC) {
      return bind(lookup, peer.functionName(), LONG_TO_LONG);
    }
    return MethodHandles.insertArguments(bind(lookup, peer.functionName(), LONGS_TO_LONG), 0, 1L);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle bind(SymbolLookup lookup, String name, FunctionDescriptor type) {
    return Linker.nativeLinker()
        .downcallHandle(lookup.findOrThrow(name), type, Linker.Option.critical(false));
  }
}
