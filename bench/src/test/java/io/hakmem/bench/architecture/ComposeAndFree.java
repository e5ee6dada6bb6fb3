package io.hakmem.bench.architecture;

import io.hakmem.HakAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What a program of a user does, run in a JVM of its own by {@link ModulePathTest}. */
final class ComposeAndFree {

  private ComposeAndFree() {}

  /** Prints the module of the allocator and the composition, after using a block. */
  public static void main(String[] arguments) {
    try (HakAllocator allocator = HakAllocator.create()) {
      MemorySegment block = allocator.segment(100);
      block.fill((byte) 1);
      allocator.free(block.address());
      System.out.println("arena " + arena(allocator));
      System.out.println("module " + HakAllocator.class.getModule().getName());
      System.out.print(allocator.describe());
    }
  }

  private static String arena(HakAllocator allocator) {
    try (Arena confined = allocator.arena();
        Arena shared = allocator.sharedArena()) {
      return confined.allocateFrom("works").getString(0)
          + " shared "
          + shared.allocateFrom("too").getString(0);
    } catch (UnsupportedOperationException refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
