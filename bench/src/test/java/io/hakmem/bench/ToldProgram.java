package io.hakmem.bench;

import io.hakmem.HakAllocator;
import java.util.concurrent.TimeUnit;

/**
 * A program of a user that closes one allocator and leaves the shared one open; or one that loses
 * an allocator.
 */
final class ToldProgram {

  private static final int COLLECTIONS = 50;

  private ToldProgram() {}

  /** Loses an allocator if there is an argument with text. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length > 0 && !arguments[0].isEmpty()) {
      lose();
      for (int i = 0; i < COLLECTIONS; i++) {
        System.gc();
        TimeUnit.MILLISECONDS.sleep(20);
      }
      return;
    }
    try (HakAllocator closed = HakAllocator.builder().name("closed").build()) {
      closed.free(closed.allocate(100));
    }
    System.out.println("allocated " + HakAllocator.shared().allocate(100));
  }

  private static void lose() {
    System.out.println("allocated " + HakAllocator.builder().jmx("lost").build().allocate(100));
  }
}
