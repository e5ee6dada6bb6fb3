package io.hakmem.bench;

import io.hakmem.HakAllocator;
import io.hakmem.SettingsException;
import java.util.concurrent.TimeUnit;

/**
 * A program of a user that closes one allocator and leaves the shared one open; or one that loses
 * an allocator; or one that asks for the shared one again after it was refused.
 */
final class ToldProgram {

  private static final int COLLECTIONS = 50;

  private ToldProgram() {}

  /** The argument is {@code lose}, {@code retry} or empty. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments[0].equals("retry")) {
      retry();
      return;
    }
    if (arguments[0].equals("lose")) {
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

  private static void retry() {
    System.setProperty("hakmem.decay.ms", "soon");
    try {
      System.out.println("not refused: " + HakAllocator.shared());
    } catch (SettingsException refused) {
      System.out.println("refused: " + refused.getMessage());
    }
    System.clearProperty("hakmem.decay.ms");
    System.out.println("allocated " + HakAllocator.shared().allocate(100));
  }

  private static void lose() {
    System.out.println("allocated " + HakAllocator.builder().jmx("lost").build().allocate(100));
  }
}
