package io.hakmem.fuzz.errors;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Fills the Java heap, and makes the call with a few bytes more each time until it is over. For a
 * JVM with a small heap, in which nobody else allocates.
 */
final class HeapEnd implements Scarcity {

  private static final int[] BALLAST_BYTES = {1 << 20, 64 << 10, 4 << 10, 256};

  /** Then it takes more each time: so much is needed by nothing that is small. */
  private static final int MOST_SMALL_STEPS = 40;

  /** Of 16 bytes. */
  private static final int MOST_STEP = 12;

  private static final int LARGE_STEP = 256;

  private static final int FIRST_NODES = 20_000;

  /** Each collects the garbage some times, which takes long; the other calls get all they need. */
  private static final int MOST_ATTEMPTS = 60;

  private static final int MOST_LAST_ATTEMPTS = 1_000;

  private final SplittableRandom random;
  private @Nullable Ballast ballast;
  private @Nullable Node nodes;
  private long attempts;
  private long cut;

  HeapEnd(SplittableRandom random) {
    this.random = random;
  }

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
  private record Ballast(byte[] bytes, @Nullable Ballast next) {}

  /** 16 bytes. */
  private record Node(@Nullable Node next) {}

  @Override
  public void exhaust(DrawnCall call) {
    if (attempts < MOST_ATTEMPTS) {
      int step = 1 + random.nextInt(MOST_STEP);
      fill();
      release(random.nextInt(MOST_STEP));
      for (int i = 0; !call.over && attempts < MOST_ATTEMPTS; i++) {
        attempt(call);
        release(i < MOST_SMALL_STEPS ? step : LARGE_STEP);
      }
      ballast = null;
      nodes = null;
    }
    while (!call.over && attempts < MOST_ATTEMPTS + MOST_LAST_ATTEMPTS) {
      attempt(call);
    }
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
    for (int i = 0; i < FIRST_NODES; i++) {
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
  public void end() {
    ballast = null;
    nodes = null;
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
