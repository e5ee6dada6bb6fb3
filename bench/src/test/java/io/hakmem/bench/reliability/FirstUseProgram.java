package io.hakmem.bench.reliability;

import io.hakmem.Compositions;
import io.hakmem.HakAllocator;
import io.hakmem.MemoryBudget;
import io.hakmem.Stats;
import java.time.Duration;
import java.util.Map;

/** Something is used first at the end of the stack, and then with room; the test's child. */
final class FirstUseProgram {

  static final String HELD = "held";

  private static final long STACK_BYTES = 512 << 10;
  private static final int MOST_CALLS = 2_000;

  private final Runnable use;
  private int calls;

  private FirstUseProgram(Runnable use) {
    this.use = use;
  }

  /** The argument says what; a file's path may stand behind it. */
  public static void main(String[] arguments) throws InterruptedException {
    String[] parts = arguments[0].split("=", 2);
    FirstUseProgram program = new FirstUseProgram(use(parts[0], parts[parts.length - 1]));
    Thread thread = new Thread(null, program::down, "end", STACK_BYTES);
    thread.start();
    thread.join();
    if (program.calls == 0) {
      throw new AssertionError("no call was made at the end of the stack");
    }
    program.use.run();
    System.out.println(HELD);
  }

  /** Loading a class at the end of the stack would break the JDK's loader, whoever asks for it. */
  private static Runnable use(String what, String path) {
    MemoryBudget budget = new MemoryBudget("first", 1);
    if (what.equals("budget")) {
      return () -> requireText(budget.toString());
    }
    HakAllocator.create().close();
    return switch (what) {
      case "stats" -> textOf(HakAllocator.create());
      case "gates" -> () -> requireText(Compositions.gates(Map.of(), null).toString());
      case "samples" -> FirstUseProgram::sample;
      case "bean" -> () -> HakAllocator.builder().jmx("first").build().close();
      default -> () -> HakAllocator.builder().set("HAKMEM_CONFIG", path).build().close();
    };
  }

  private static Runnable textOf(HakAllocator allocator) {
    allocator.free(allocator.allocate(100));
    return () -> {
      Stats stats = allocator.stats();
      requireText(stats.toString());
      requireText(Boolean.toString(stats.equals(allocator.stats())));
      requireText(Integer.toString(stats.hashCode()));
      requireText(allocator.composition().toString());
    };
  }

  private static void sample() {
    try (HakAllocator allocator =
        HakAllocator.builder().set("HAKMEM_LEAK_SAMPLE_EVERY", "1").build()) {
      long block = allocator.allocate(100);
      requireText(allocator.leaks(Duration.ZERO).toString());
      allocator.free(block);
    }
  }

  private static void requireText(String text) {
    if (text.isEmpty()) {
      throw new AssertionError("no text");
    }
  }

  /** From the end of the stack, at every depth upwards, until there is some room. */
  @SuppressWarnings("InfiniteRecursion") // To the end of the stack.
  private void down() {
    try {
      down();
    } catch (StackOverflowError end) {
      // The way back begins.
    }
    if (calls < MOST_CALLS) {
      calls++;
      try {
        use.run();
      } catch (StackOverflowError again) {
        // The next level has more room.
      }
    }
  }
}
