package io.hakmem.bench.measure;

import io.hakmem.bench.workload.ProcessMemory;

/**
 * The memory of this process: what is resident, and of the Java heap, which is resident as a whole,
 * what is reachable; an allocator may keep its tables there.
 */
final class Held {

  private Held() {}

  static long bytes() {
    return ProcessMemory.exactResidentBytes() + javaBytes();
  }

  /** The bytes of the Java heap that a collection leaves. */
  @SuppressWarnings("ReturnValueIgnored")
  static long javaBytes() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
