package io.hakmem.bench;

import io.hakmem.HakAllocator;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A program of a user, run in a JVM of its own: it works until its standard input ends. */
final class AllocatorAtWork {

  private static final int OPERATIONS = 1000;

  private AllocatorAtWork() {}

  /** Leaves a block of each allocator live. */
  private static void hold(HakAllocator[] allocators) {
    for (HakAllocator allocator : allocators) {
      allocator.allocate(12_345);
    }
  }

  /** Arguments are the names of the beans of as many allocators; there is one without, too. */
  public static void main(String[] names) throws IOException, InterruptedException {
    HakAllocator[] allocators = new HakAllocator[names.length + 1];
    allocators[0] = HakAllocator.create();
    for (int i = 0; i < names.length; i++) {
      allocators[i + 1] = HakAllocator.builder().jmx(names[i]).build();
    }
    hold(allocators);
    System.out.println("ready");
    while (System.in.available() == 0) {
      for (HakAllocator allocator : allocators) {
        for (int i = 0; i < OPERATIONS; i++) {
          allocator.free(allocator.allocate(100));
        }
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
