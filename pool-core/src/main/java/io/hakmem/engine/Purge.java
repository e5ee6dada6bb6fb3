package io.hakmem.engine;

import io.hakmem.compose.ComposedBox;
import io.hakmem.compose.Parts;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.StackRoom;
import io.hakmem.purge.IdleHeaps;
import io.hakmem.purge.PurgeThread;
import io.hakmem.purge.Purgeable;
import io.hakmem.thread.HeapTable;
import io.hakmem.thread.Stripes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what an allocator does not use. Memory that becomes unused goes from a heap to the
 * shared stores, from there to the supply and from there to the system; what lay at one of these
 * places from one purge to the next goes on.
 */
final class Purge implements Purgeable {

  /** Purges in a decay time: three places, and the time until the next purge. */
  private static final int PURGES = 4;

  private static final long LEAST_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Purges without anything to do, after which the purge thread forgets the allocator. */
  private static final int QUIET_PURGES = 2 * PURGES;

  private final Parts parts;
  private final HeapTable heaps;
  private final Stripes stripes;
  private final Tracking tracking;
  private final Refusals refusals;
  private final Contents contents;
  private final long intervalNs;

  /** Whether the purge thread knows the allocator, or there is to be none. */
  private final AtomicBoolean known;

  /** When a purge thread may be asked for; racy, since it only saves calls. */
  private long retryNs = System.nanoTime();

  /** Guarded by this, as all purging is. */
  private int quiet;

  private volatile long purgedNs = System.nanoTime();

  private volatile @Nullable Runnable arenas;

  /** One of each, since each place that makes one is linked by itself when a program starts. */
  private final Consumer<LocalHeap> flush = this::flush;

  private final Consumer<LocalHeap> flushIfIdle = this::flushIfIdle;

  /** See {@link #flushed(LocalHeap)}. */
  final ToLongFunction<LocalHeap> flushed = this::flushed;

  Purge(
      Parts parts,
      HeapTable heaps,
      Stripes stripes,
      Tracking tracking,
      Refusals refusals,
      Contents contents) {
    this.contents = contents;
    this.parts = parts;
    this.heaps = heaps;
    this.stripes = stripes;
    this.tracking = tracking;
    this.refusals = refusals;
    this.intervalNs = Math.max(LEAST_INTERVAL_NS, parts.decayNs() / PURGES);
    this.known = new AtomicBoolean(!parts.hasPurgeThread());
  }

  @Override
  public long intervalNs() {
    return intervalNs;
  }

  /** Whether the purge thread knows the allocator: while it does, nobody needs to notice. */
  AtomicBoolean noticed() {
    return known;
  }

  /** Is told that something happened after which memory may become unused. Takes no lock. */
  void notice() {
    if (!known.get() && System.nanoTime() - retryNs >= 0) {
      begin();
    }
  }

  /** The operation of the caller is done, so that nothing may be thrown any more. */
  @SuppressWarnings("EmptyCatch")
  private void begin() {
    try {
      StackRoom.requireForFirstUse();
      if (known.compareAndSet(false, true) && !PurgeThread.SHARED.add(this)) {
        retryNs = System.nanoTime() + intervalNs;
        known.set(false);
      }
    } catch (Throwable later) {
      known.set(false); // The next slow path tries again.
    }
  }

  /** Lets go before it looks for the last time, so that whoever comes later is heard. */
  @Override
  public boolean purge() {
    purgeArenas(); // Its monitor comes before ours.
    return purgeKnown();
  }

  private void purgeArenas() {
    Runnable purging = arenas;
    if (purging != null) {
      purging.run();
    }
  }

  private synchronized boolean purgeKnown() {
    if (refusals.isClosed()) {
      return false;
    }
    boolean isLast = quiet >= QUIET_PURGES && parts.hasPurgeThread();
    if (isLast) {
      known.set(false);
    }
    quiet = purgeAll() ? 0 : quiet + 1;
    return !isLast || (quiet == 0 && known.compareAndSet(false, true));
  }

  /** Whether anything went back, or may be unused soon. */
  private boolean purgeAll() {
    purgedNs = System.nanoTime();
    List<LocalHeap> all = heaps.ofLivingThreads();
    List<LocalHeap> idle = new ArrayList<>();
    for (LocalHeap heap : all) {
      if (heap.access().isIdle() || heap.access().isCollected()) {
        idle.add(heap);
      }
    }
    IdleHeaps.collect(idle, flush);
    stripes.forEach(flushIfIdle);
    tracking.withSampled(flushIfIdle);
    for (ComposedBox box : parts.boxes()) {
      box.purge();
    }
    parts.arenaPages().trim();
    boolean more = parts.supply().purge() > 0 || parts.supply().unusedBytes() > 0;
    for (LocalHeap heap : all) {
      more |= heap.hasPages() && !heap.access().isCollected();
    }
    return more;
  }

  private void flushIfIdle(LocalHeap heap) {
    if (heap.access().isIdle()) {
      flush(heap);
    }
  }

  /** Takes all out of a heap that no caller has; who may touch the heap calls it. */
  void flush(LocalHeap heap) {
    for (ComposedBox box : parts.boxes()) {
      box.flush(heap);
    }
  }

  /** The same for the calling thread's heap; returns 0. */
  private long flushed(LocalHeap heap) {
    contents.discardUndone(heap);
    flush(heap);
    return 0;
  }

  /** Like {@link #purge}, if that was not done for a while. */
  void purgeIfDue() {
    if (System.nanoTime() - purgedNs >= intervalNs) {
      purgeArenas();
      purgeAtOnce();
    }
  }

  private synchronized void purgeAtOnce() {
    if (!refusals.isClosed()) {
      purgeAll();
    }
  }

  /** Sets what arenas do when memory is purged; before the allocator is used. */
  void arenas(Runnable purging) {
    arenas = purging;
  }

  /**
   * Takes what heaps hold that are not the caller's: those of virtual threads, of threads that have
   * ended, and of threads that wait. All that is unused goes back to the system, and its bytes are
   * returned. The caller holds no lock of this allocator but that of an arena.
   */
  synchronized long reclaim() {
    StackRoom.requireForSystemCall();
    if (!refusals.isClosed()) {
      stripes.forEach(flush);
      tracking.withSampled(flush);
      IdleHeaps.collect(heaps.ofLivingThreads(), flush);
    }
    return parts.reclaiming().trim();
  }
}
