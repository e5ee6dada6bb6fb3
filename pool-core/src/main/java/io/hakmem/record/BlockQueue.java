package io.hakmem.record;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Blocks on their way to the file. Threads that add wait while too many are on the way. */
final class BlockQueue {

  private static final int MOST_BLOCKS = 512;

  /** Guarded by this. */
  private final ArrayDeque<Lane.Block> blocks = new ArrayDeque<>(MOST_BLOCKS);

  /** Whether nobody waits any more; guarded by this. */
  private boolean open;

  /** Whether nothing is kept any more; guarded by this. */
  private boolean dropping;

  /** Whether the writer is to end; guarded by this. */
  private boolean stopping;

  /** Adds a block, after others have gone if there are many. */
  synchronized void add(Lane.Block block) {
    boolean interrupted = false;
    while (blocks.size() >= MOST_BLOCKS && !open && !dropping) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    addNow(block);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Adds a block at once, as the thread must that takes them. */
  synchronized void addNow(Lane.Block block) {
    if (!dropping && block.length() > 0) {
      blocks.add(block);
      notifyAll();
    }
  }

  /** The next block; null if none came in this time, or the recording is to end. */
  synchronized Lane.@Nullable Block take(long mostMs) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMs);
    long left = mostMs;
    while (blocks.isEmpty() && !stopping && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return takeNow();
  }

  /** The next block if there is one. */
  synchronized Lane.@Nullable Block takeNow() {
    Lane.Block block = blocks.poll();
    notifyAll();
    return block;
  }

  synchronized boolean isLong() {
    return blocks.size() > MOST_BLOCKS / 8;
  }

  /** Asks the writer to end the recording. */
  synchronized void stop() {
    stopping = true;
    notifyAll();
  }

  synchronized boolean isStopping() {
    return stopping;
  }

  /** Lets nobody wait from now on. */
  synchronized void open() {
    open = true;
    notifyAll();
  }

  /** Drops all from now on. */
  synchronized void drop() {
    dropping = true;
    blocks.clear();
    notifyAll();
  }
}
