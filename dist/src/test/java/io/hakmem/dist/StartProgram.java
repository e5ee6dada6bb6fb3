package io.hakmem.dist;

import io.hakmem.HakAllocator;

/** What every program does first: an allocator and a block. It is left open, as services do. */
final class StartProgram {

  private StartProgram() {}

  @SuppressWarnings("SystemOut") // A program.
  public static void main(String[] arguments) {
    HakAllocator allocator = HakAllocator.create();
    System.out.println("block " + allocator.allocate(100));
  }
}
