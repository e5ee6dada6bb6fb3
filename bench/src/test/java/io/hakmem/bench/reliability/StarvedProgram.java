package io.hakmem.bench.reliability;

import io.hakmem.HakAllocator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs each call of an allocator again and again, with a little more stack or Java heap each time,
 * until it succeeds. A call that throws an Error must have changed nothing, and no block may be
 * lost.
 */
final class StarvedProgram {

  static final String LOST = "LOST";

  private static final long BYTES = 100;
  private static final long OTHER_BYTES = 1000;
  private static final byte MARK = 77;
  private static final long STACK_BYTES = 512 << 10;

  private static final List<String> SETTINGS =
      List.of(
          "HAKMEM_POOL_ZERO_MODE=full",
          "HAKMEM_CHECKS=full",
          "HAKMEM_CHECKS=full HAKMEM_QUARANTINE_BYTES=0",
          "HAKMEM_CHECKS=full HAKMEM_QUARANTINE_BYTES=300",
          "HAKMEM_LEAK_SAMPLE_EVERY=1",
          "HAKMEM_RECORD=/dev/null");

  private enum Call {
    ALLOCATE(false),
    ALLOCATE_ALIGNED(false),
    ALLOCATE_ZEROED(false),
    SEGMENT(false),
    HEAP_ALLOCATE(false),
    REALLOCATE(true),
    FREE(true),
    FREE_SIZED(true);

    private final boolean takesBlock;

    Call(boolean takesBlock) {
      this.takesBlock = takesBlock;
    }
  }

  /** What the last call returned; 0 if it threw. */
  private long result;

  private @Nullable Node filling;
  private int errors;
  private int lost;

  private StarvedProgram() {}

  private static final class Node {
    @Nullable Node next;
  }

  /** The argument is what there is little of: stack or heap. */
  public static void main(String[] arguments) throws InterruptedException {
    StarvedProgram program = new StarvedProgram();
    Thread runner =
        new Thread(null, () -> program.runAll("stack".equals(arguments[0])), "x", STACK_BYTES);
    runner.start();
    runner.join();
    System.out.println("errors " + program.errors + ", lost " + program.lost);
    System.exit(program.errors > 0 && program.lost == 0 ? 0 : 1);
  }

  private void runAll(boolean stack) {
    for (String settings : SETTINGS) {
      HakAllocator.Builder builder = HakAllocator.builder();
      for (String setting : settings.split(" ", -1)) {
        builder.set(setting.split("=", -1)[0], setting.split("=", -1)[1]);
      }
      try (HakAllocator allocator = builder.build()) {
        for (Call call : Call.values()) {
          runOne(allocator, call, settings, stack);
        }
      }
    }
  }

  private void runOne(HakAllocator allocator, Call call, String settings, boolean stack) {
    // Their pages stay, so that the calls are hits: misses have tests of their own.
    List<Long> anchors = new ArrayList<>();
    for (long bytes : new long[] {BYTES, BYTES + 16, OTHER_BYTES, OTHER_BYTES + 16, 256}) {
      anchors.add(allocator.allocate(bytes));
    }
    LongUnaryOperator operation = operation(allocator, call);
    int most = stack ? depth() : 0;
    for (int i = 0; i < 20; i++) {
      attempt(allocator, call, operation, settings, stack, most, Integer.MAX_VALUE);
    }
    int succeeded = 0;
    int step = stack ? 1 : 6;
    for (int left = 0; succeeded < 3 && left < 4000; left += step) {
      boolean done = attempt(allocator, call, operation, settings, stack, most, left);
      succeeded = done ? succeeded + 1 : 0;
      if (stack && succeeded >= 3 && left < 150) {
        succeeded = 0;
      }
    }
    anchors.forEach(allocator::free);
  }

  private static LongUnaryOperator operation(HakAllocator allocator, Call call) {
    return switch (call) {
      case ALLOCATE -> block -> allocator.allocate(BYTES);
      case ALLOCATE_ALIGNED -> block -> allocator.allocate(BYTES, 64);
      case ALLOCATE_ZEROED -> block -> allocator.allocateZeroed(BYTES);
      case SEGMENT -> block -> allocator.segment(BYTES).address();
      case HEAP_ALLOCATE -> block -> allocator.heap().allocate(BYTES);
      case REALLOCATE -> block -> allocator.reallocate(block, OTHER_BYTES);
      case FREE ->
          block -> {
            allocator.free(block);
            return 0;
          };
      case FREE_SIZED ->
          block -> {
            allocator.freeSized(block, BYTES);
            return 0;
          };
    };
  }

  /** Returns whether the call succeeded. */
  private long starved(LongUnaryOperator operation, long block, boolean stack, int most, int left) {
    if (left != Integer.MAX_VALUE && stack) {
      return dive(Math.max(0, most - left), operation, block);
    }
    if (left != Integer.MAX_VALUE) {
      fill();
      release(left);
    }
    return operation.applyAsLong(block);
  }

  private boolean attempt(
      HakAllocator allocator,
      Call call,
      LongUnaryOperator operation,
      String settings,
      boolean stack,
      int most,
      int left) {
    allocator.trim();
    long live = allocator.stats().liveBytes();
    long block = call.takesBlock ? allocator.allocate(BYTES) : 0;
    if (block != 0) {
      allocator.blockAt(block).fill(MARK);
    }
    result = 0;
    boolean done = false;
    String thrown = "";
    try {
      result = starved(operation, block, stack, most, left);
      done = true;
    } catch (Error e) { // An overflow inside of a stack walk comes as an InternalError.
      filling = null;
      errors++;
      thrown = e.toString();
    }
    filling = null;
    String fault = afterwards(allocator, call, block, done, live);
    if (!fault.isEmpty()) {
      lost++;
      System.out.println(
          LOST + " " + settings + " " + call + " at " + left + " " + thrown + ": " + fault);
    }
    return done;
  }

  private String afterwards(
      HakAllocator allocator, Call call, long block, boolean done, long live) {
    try {
      if (!done && call.takesBlock) {
        MemorySegment kept = allocator.blockAt(block);
        if (kept.get(ValueLayout.JAVA_BYTE, BYTES - 1) != MARK) {
          return "contents";
        }
        allocator.free(block);
      } else if (done && result != 0) {
        allocator.free(result);
      }
      allocator.trim();
      long now = allocator.stats().liveBytes();
      return now == live ? "" : (now - live) + " B";
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  private static int depth() {
    int low = 0;
    int high = 1 << 20;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      try {
        dive(middle, block -> block, 0);
        low = middle;
      } catch (StackOverflowError e) {
        high = middle - 1;
      }
    }
    return low;
  }

  private static long dive(int depth, LongUnaryOperator operation, long block) {
    return depth == 0 ? operation.applyAsLong(block) : dive(depth - 1, operation, block);
  }

  private void fill() {
    try {
      while (true) {
        Node node = new Node();
        node.next = filling;
        filling = node;
      }
    } catch (OutOfMemoryError e) {
      // Full.
    }
  }

  private void release(int nodes) {
    Node node = filling;
    for (int i = 0; node != null && i < nodes; i++) {
      node = node.next;
    }
    filling = node;
  }
}
