package io.hakmem.bench;

import io.hakmem.HakAllocator;
import java.util.Objects;

/** A program of a user that closes one allocator and leaves the shared one open. */
final class ToldProgram {

  private ToldProgram() {}

  /** The argument is ignored. */
  public static void main(String[] arguments) {
    try (HakAllocator closed = HakAllocator.builder().name("closed").build()) {
      closed.free(closed.allocate(100));
    }
    long block = HakAllocator.shared().allocate(100);
    System.out.println("worked " + Objects.checkIndex(0, arguments.length + 1) + (block == 0));
  }
}
