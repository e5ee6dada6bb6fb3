package io.hakmem.fuzz.counted;

import java.util.Map;
import java.util.Set;

/**
 * Which calls of other code make no Java object, unless they throw what their caller did wrong. All
 * others may make one.
 */
final class JdkCalls {

  private static final Set<String> CONSTRUCTOR = Set.of("<init>");

  /** Packages and classes all of whose methods make none. */
  private static final Set<String> NEVER =
      Set.of(
          "java/lang/Math",
          "java/lang/invoke/MethodHandle",
          "java/lang/invoke/VarHandle",
          "java/util/concurrent/atomic/AtomicBoolean",
          "java/util/concurrent/atomic/AtomicInteger",
          "java/util/concurrent/atomic/AtomicLong",
          "jdk/jfr/FlightRecorder");

  /** What is called over these is the code that is handed in, which is asked by itself. */
  private static final Set<String> HANDED_IN = Set.of("java/util/function/", "java/lang/Runnable");

  /** Collections are changed in place, unless they grow. */
  private static final Set<String> COLLECTION =
      Set.of(
          "get",
          "getFirst",
          "getLast",
          "getOrDefault",
          "contains",
          "containsKey",
          "size",
          "isEmpty",
          "remove",
          "clear",
          "hasNext",
          "next",
          "getKey",
          "getValue",
          "hashCode");

  private static final Set<String> BITS =
      Set.of(
          "bitCount",
          "compare",
          "compareUnsigned",
          "highestOneBit",
          "lowestOneBit",
          "numberOfTrailingZeros",
          "numberOfLeadingZeros",
          "intValue",
          "longValue",
          "<init>");

  private static final Map<String, Set<String>> SOME =
      Map.ofEntries(
          Map.entry("java/lang/Object", Set.of("<init>", "getClass", "equals", "notifyAll")),
          Map.entry("java/lang/Record", CONSTRUCTOR),
          Map.entry("java/lang/Enum", Set.of("<init>", "ordinal", "name", "getDeclaringClass")),
          Map.entry("java/lang/Boolean", Set.of("valueOf", "booleanValue")),
          Map.entry("java/lang/Integer", BITS),
          Map.entry("java/lang/Long", BITS),
          Map.entry("java/lang/Class", Set.of("cast", "isInstance")),
          Map.entry("java/lang/String", Set.of("charAt", "equals", "isEmpty", "length")),
          Map.entry("java/lang/Throwable", Set.of("getCause", "getMessage")),
          Map.entry("java/lang/OutOfMemoryError", Set.of("getMessage")),
          Map.entry(
              "java/lang/Thread",
              Set.of("currentThread", "threadId", "isVirtual", "isAlive", "getName", "onSpinWait")),
          Map.entry("java/lang/System", Set.of("arraycopy", "nanoTime", "identityHashCode")),
          Map.entry("java/lang/Runtime", Set.of("getRuntime", "availableProcessors")),
          Map.entry("java/lang/ScopedValue", Set.of("isBound")),
          Map.entry(
              "java/lang/foreign/MemorySegment",
              Set.of(
                  "address",
                  "byteSize",
                  "copy",
                  "fill",
                  "get",
                  "set",
                  "isNative",
                  "isReadOnly",
                  "isAccessibleBy",
                  "scope")),
          Map.entry("java/lang/foreign/MemorySegment$Scope", Set.of("isAlive")),
          Map.entry("java/lang/foreign/Arena", Set.of("scope")),
          Map.entry("java/lang/ref/WeakReference", Set.of("get", "clear", "refersTo")),
          Map.entry("java/util/Arrays", Set.of("fill", "binarySearch")),
          Map.entry(
              "java/util/BitSet",
              Set.of(
                  "cardinality",
                  "clear",
                  "get",
                  "intersects",
                  "isEmpty",
                  "nextClearBit",
                  "nextSetBit",
                  "previousClearBit",
                  "previousSetBit",
                  "set")),
          Map.entry("java/util/Objects", Set.of("requireNonNull")),
          Map.entry("java/util/concurrent/ThreadLocalRandom", Set.of("nextInt", "nextLong")),
          Map.entry(
              "java/util/concurrent/atomic/AtomicReferenceArray", Set.of("get", "length", "set")),
          Map.entry("java/util/concurrent/atomic/LongAdder", Set.of("sum")),
          Map.entry("java/util/Iterator", COLLECTION),
          Map.entry("java/util/List", COLLECTION),
          Map.entry("java/util/Map", COLLECTION),
          Map.entry("java/util/Map$Entry", COLLECTION),
          Map.entry("java/util/NavigableSet", COLLECTION),
          Map.entry("java/util/Set", COLLECTION),
          Map.entry("java/util/SortedMap", COLLECTION),
          Map.entry("java/util/TreeMap", COLLECTION),
          Map.entry("java/util/TreeSet", COLLECTION));

  private JdkCalls() {}

  /**
   * Whether a call may make an object.
   *
   * @param owner internal name of the class, such as {@code java/util/List}
   */
  static boolean mayMakeObjects(String owner, String method) {
    return !NEVER.contains(owner)
        && !SOME.getOrDefault(owner, Set.of()).contains(method)
        && HANDED_IN.stream().noneMatch(owner::startsWith);
  }
}
