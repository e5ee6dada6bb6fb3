package io.hakmem.bench.reliability;

import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;

/** The first call of a JVM after the build comes at the end of the stack; the test's child. */
final class FirstCallProgram {

  static final String HELD = "held";

  private static final long STACK_BYTES = 256 << 10;
  private static final long BYTES = 100;
  private static final long LARGE_BYTES = 1 << 20;

  private final HakAllocator allocator;
  private final String call;
  private long block;
  private int overflows;

  private FirstCallProgram(HakAllocator allocator, String call) {
    this.allocator = allocator;
    this.call = call;
    this.block = call.equals("allocate") ? 0 : allocator.allocate(BYTES);
  }

  /** The argument is the call. */
  public static void main(String[] arguments) throws InterruptedException {
    try (HakAllocator allocator =
        HakAllocator.builder()
            .set("HAKMEM_POOL_ZERO_MODE", "full")
            .set("HAKMEM_POOL_V1_FLATTEN_ENABLED", "1")
            .set("HAKMEM_POOL_V1_FLATTEN_STATS", "1")
            .set("HAKMEM_POOL_V2_ENABLED", "1")
            .build()) {
      FirstCallProgram program = new FirstCallProgram(allocator, arguments[0]);
      Thread thread = new Thread(null, program::down, "end", STACK_BYTES);
      thread.start();
      thread.join();
      program.everyCall();
    }
    System.out.println(HELD);
  }

  /** From the end of the stack, at every depth upwards. */
  @SuppressWarnings("InfiniteRecursion") // To the end of the stack.
  private void down() {
    try {
      down();
    } catch (StackOverflowError end) {
      overflows++;
    }
    try {
      act();
    } catch (StackOverflowError again) {
      overflows++;
    }
  }

  private void act() {
    switch (call) {
      case "allocate" -> allocator.free(allocator.allocate(BYTES));
      case "reallocate" ->
          block = allocator.reallocate(block, overflows % 2 == 0 ? 3 * BYTES : BYTES);
      case "segment" -> allocator.free(allocator.segment(BYTES).address());
      case "aligned" -> allocator.free(allocator.allocate(BYTES, 64));
      case "grown" -> block = allocator.reallocate(block, LARGE_BYTES << (overflows % 3));
      case "refused" -> refused();
      case "collect" -> allocator.collect();
      case "trim" -> allocator.trim();
      case "liveBytes" -> allocator.liveBytes();
      case "boxLines" -> allocator.boxLines();
      default -> allocator.stats();
    }
  }

  @SuppressWarnings("EmptyCatch")
  private void refused() {
    try {
      allocator.allocate(Long.MAX_VALUE);
      throw new AssertionError("more than there is was given");
    } catch (OutOfNativeMemoryException expected) {
      // Else its refusal went wrong, which is thrown.
    }
  }

  private void everyCall() {
    if (overflows == 0) {
      throw new AssertionError("no call was made at the end of the stack");
    }
    for (long bytes = 1; bytes < 1 << 27; bytes = 2 * bytes + 1) {
      long address = allocator.reallocate(allocator.allocate(bytes), 3 * bytes);
      allocator.blockAt(address).fill((byte) 1);
      allocator.free(allocator.reallocate(address, bytes));
      allocator.free(allocator.allocateZeroed(bytes));
      allocator.free(allocator.allocate(bytes, 4096));
    }
    refused();
    allocator.collect();
    allocator.trim();
    allocator.checkInvariants();
    allocator.stats();
    allocator.liveBytes();
    allocator.boxLines();
    var _ = "%d".formatted(allocator.composition().boxes().size());
  }
}
