package io.hakmem.fuzz.errors;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Fills the Java heap, and makes the call with a few bytes more each time until it is over. For a
 * JVM with a small heap, in which nobody else allocates.
 */
final class HeapEnd implements Scarcity {

  private static final int[] BALLAST_BYTES = {256 << 10, 16 << 10};

  /** What the looks between the calls need. */
  private static final int RESERVE_BYTES = 4 << 20;

  private static final int FILLER_BYTES = 8 << 10;

  /** Kept free for small pieces, of which as many are there to be released. */
  private static final int SMALL_BYTES = 128 << 10;

  /** Then it takes more each time: so much is needed by nothing that is small. */
  private static final int MOST_SMALL_STEPS = 40;

  /** Of 16 bytes. */
  private static final int MOST_STEP = 12;

  private static final int LARGE_STEP = 256;

  /** Each collects the garbage twice; the calls after them get all they need. */
  private static final int MOST_ATTEMPTS = 120;

  /** Else a call that needs much memory would take all, and look like one that hangs. */
  private static final int MOST_ATTEMPTS_OF_A_CALL = 100;

  private static final int MOST_LAST_ATTEMPTS = 1_000;

  private final SplittableRandom random;
  private @Nullable Ballast ballast;
  private @Nullable Ballast filler;
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
      for (int i = 0; !call.over && i < MOST_ATTEMPTS_OF_A_CALL; i++) {
        attempt(call);
        release(i < MOST_SMALL_STEPS ? step : LARGE_STEP);
      }
      end();
    }
    for (int i = 0; !call.over && i < MOST_LAST_ATTEMPTS; i++) {
      attempt(call);
    }
  }

  @Override
  public void end() {
    ballast = null;
    filler = null;
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

  /**
   * Large pieces first: each error and each small object costs time, for the collector marks all.
   */
  private void fill() {
    if (ballast == null) {
      fillForAllCalls();
    }
    System.gc(); // Garbage is no free memory.
    try {
      while (Runtime.getRuntime().freeMemory() > SMALL_BYTES) {
        filler = new Ballast(new byte[FILLER_BYTES], filler);
      }
    } catch (OutOfMemoryError full) {
      // What is free is in several pieces.
    }
    try {
      while (true) {
        nodes = new Node(nodes);
      }
    } catch (OutOfMemoryError full) {
      // Now it is full.
    }
  }

  private void fillForAllCalls() {
    byte[] reserve = new byte[RESERVE_BYTES];
    for (int bytes : BALLAST_BYTES) {
      try {
        while (true) {
          ballast = new Ballast(new byte[bytes], ballast);
        }
      } catch (OutOfMemoryError full) {
        reserve[0]++; // It was there until now.
      }
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
