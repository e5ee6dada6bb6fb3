package io.hakmem.bench.fuzz.errors;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Fills the Java heap, and makes the call with a few bytes more each time until it is over. For a
 * JVM with a small heap, in which nobody else allocates.
 */
final class HeapEnd implements Scarcity {

  private static final int[] BALLAST_BYTES = {1 << 20, 64 << 10, 4 << 10, 256};

  /** Then it takes more each time: so much is needed by nothing that is small. */
  private static final int MOST_SMALL_STEPS = 300;

  private static final int LARGE_STEP = 64;

  private final SplittableRandom random;
  private @Nullable Ballast ballast;
  private @Nullable Node nodes;
  private long attempts;
  private long cut;

  HeapEnd(SplittableRandom random) {
    this.random = random;
  }

  private record Ballast(byte[] bytes, @Nullable Ballast next) {}

  /** 16 bytes. */
  private record Node(@Nullable Node next) {}

  @Override
  public void exhaust(DrawnCall call) {
    int step = 1 + random.nextInt(4);
    int first = random.nextInt(8);
    fill();
    release(first);
    for (int i = 0; !call.over; i++) {
      attempt(call);
      release(i < MOST_SMALL_STEPS ? step : LARGE_STEP);
      if (nodes == null) {
        ballast = null; // All of the small ones are free: now let it have the rest.
      }
    }
    ballast = null;
    nodes = null;
  }

  private void attempt(DrawnCall call) {
    attempts++;
    try {
      call.make();
      call.over = true;
    } catch (VirtualMachineError thrown) {
      call.cutBy = thrown;
      cut++;
    } catch (Throwable thrown) {
      call.thrown = thrown;
      call.over = true;
    }
  }

  /** Small ones come first, so that many of them are there to be released. */
  private void fill() {
    for (int i = 0; i < MOST_SMALL_STEPS * LARGE_STEP / 4; i++) {
      nodes = new Node(nodes);
    }
    for (int bytes : BALLAST_BYTES) {
      try {
        while (true) {
          ballast = new Ballast(new byte[bytes], ballast);
        }
      } catch (OutOfMemoryError full) {
        // Smaller ones may find room.
      }
    }
    try {
      while (true) {
        nodes = new Node(nodes);
      }
    } catch (OutOfMemoryError full) {
      // Now it is full.
    }
  }

  private void release(int count) {
    Node left = nodes;
    for (int i = 0; left != null && i < count; i++) {
      left = left.next;
    }
    nodes = left;
  }

  @Override
  public long attempts() {
    return attempts;
  }

  @Override
  public long cut() {
    return cut;
  }
}
