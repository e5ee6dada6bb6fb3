package io.hakmem.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What other threads free of a page, and how the owner takes it back.
 *
 * <pre>
 *   marks: one byte a group of blocks, set while one of their links may be REMOTE
 * </pre>
 *
 * <p>Another thread changes links by {@link #claimRemote} and {@link #unclaimRemote} alone. If the
 * owner frees the same block in the same moment, its link wins, the block is free once, and the
 * mark says nothing.
 */
abstract class RemoteFrees extends PageBlocks {

  /** Base-2 logarithm of the blocks that share a mark. */
  private static final int GROUP_SHIFT = 6;

  private static final VarHandle MARK = MethodHandles.arrayElementVarHandle(byte[].class);
  private static final VarHandle QUEUED;

  static {
    try {
      QUEUED = MethodHandles.lookup().findVarHandle(RemoteFrees.class, "queued", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final byte[] marks;
  private volatile boolean queued;

  RemoteFrees(long base, long blockBytes, int capacity) {
    super(base, blockBytes, capacity);
    this.marks = new byte[(capacity >> GROUP_SHIFT) + 1];
  }

  /**
   * Marks a live block as freed by another thread; false if it was not live. The caller then brings
   * the page to its owner's inbox, if it can {@link #claimQueue}.
   *
   * <p>The mark is set before the link changes, so that the one atomic change here publishes both.
   * A drain between the two takes the mark and may miss the link: so the mark is looked at again.
   */
  public final boolean claimRemote(long address) {
    int index = indexAt(address);
    if (index < 0) {
      return false;
    }
    int group = index >> GROUP_SHIFT;
    if ((byte) MARK.getOpaque(marks, group) == 0) {
      MARK.setOpaque(marks, group, (byte) 1);
    }
    if (!LINK.compareAndSet(links, index, LIVE, REMOTE)) {
      return false;
    }
    try {
      if ((byte) MARK.getVolatile(marks, group) == 0) {
        MARK.setVolatile(marks, group, (byte) 1);
      }
    } catch (VirtualMachineError noRoom) {
      marks[group] = 1; // Makes no call, and a flush of the owner's heap looks at all marks.
    }
    return true;
  }

  /**
   * Makes a block live again whose remote free was broken off; any thread, after its {@link
   * #claimRemote}. False if the owner has taken it back by now, so that it is free. It waits for a
   * drain that is at work: that reads and writes links plainly.
   */
  public final boolean unclaimRemote(long address) {
    int index = indexAt(address);
    synchronized (marks) {
      return index >= 0 && LINK.compareAndSet(links, index, REMOTE, LIVE);
    }
  }

  /**
   * Whether blocks may wait of which the owner does not hear: a free was broken off before it
   * queued the page, or is about to. Any thread may ask.
   */
  public final boolean isMissed() {
    for (int group = 0; group < marks.length && !queued; group++) {
      if ((byte) MARK.getOpaque(marks, group) != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Claims the right to queue the page if it {@link #isMissed}, for whoever drains it at once:
   * without the claim another thread could queue it meanwhile, and the drain would let it be queued
   * twice.
   */
  public final boolean claimMissed() {
    return isMissed() && claimQueue();
  }

  /** Whether the page waits in an inbox, or is on its way to one; any thread. */
  public final boolean isQueued() {
    return queued;
  }

  /**
   * Claims the right to queue the page; pairs with {@link #beginDrain}. A page that waits already
   * is only read: the volatile look at the mark in {@link #claimRemote} precedes this read, so that
   * the drain that lets the page go again will find mark and link.
   */
  public final boolean claimQueue() {
    return !queued && QUEUED.compareAndSet(this, false, true);
  }

  /** Lets the next remote free queue the page again; must precede the look at the marks. */
  public final void beginDrain() {
    queued = false;
  }

  /** Takes back what other threads freed; the owner's thread only. Returns how many blocks. */
  public final int drain() {
    return drain(null);
  }

  /** The same, or frees each block anew; broken off, it leaves the rest marked. */
  final int drain(@Nullable LocalHeap freeing) {
    beginDrain();
    int drained = 0;
    synchronized (marks) {
      for (int group = 0; group < marks.length; group++) {
        // Pairs with the mark of claimRemote: what was freed before it was set or seen is found.
        if ((byte) MARK.getOpaque(marks, group) != 0
            && (byte) MARK.getAndSet(marks, group, (byte) 0) != 0) {
          drained += drainGroup(group, freeing);
        }
      }
    }
    return drained;
  }

  private int drainGroup(int group, @Nullable LocalHeap freeing) {
    int end = Math.min(capacity(), (group + 1) << GROUP_SHIFT);
    int drained = 0;
    try {
      for (int index = group << GROUP_SHIFT; index < end; index++) {
        if (links[index] == REMOTE) {
          if (freeing == null) {
            pushBlock(index);
          } else {
            free(freeing, base + index * stride);
          }
          drained++;
        }
      }
    } catch (Throwable brokenOff) {
      MARK.setVolatile(marks, group, (byte) 1);
      throw brokenOff;
    }
    return drained;
  }

  /** Lets whoever is behind the page take a block back that the owner drains. */
  abstract void free(LocalHeap heap, long address);

  /** Blocks that other threads freed and the owner has not yet taken back; any thread may ask. */
  public final int waiting() {
    int waiting = 0;
    for (int group = 0; group < marks.length; group++) {
      if ((byte) MARK.getAcquire(marks, group) != 0) {
        waiting += waitingOf(group);
      }
    }
    return waiting;
  }

  private int waitingOf(int group) {
    int end = Math.min(capacity(), (group + 1) << GROUP_SHIFT);
    int waiting = 0;
    for (int index = group << GROUP_SHIFT; index < end; index++) {
      waiting += (short) LINK.getOpaque(links, index) == REMOTE ? 1 : 0;
    }
    return waiting;
  }
}
