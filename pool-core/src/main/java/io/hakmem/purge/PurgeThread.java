package io.hakmem.purge;

import io.hakmem.log.Logs;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One daemon thread for all allocators of the JVM. It starts when one of them has something to give
 * back, and ends when none has. Allocators are referred to weakly: one that is dropped unclosed can
 * be collected. Any thread may call it.
 */
public final class PurgeThread {

  /** The one of this JVM, or of this library's class loader. */
  public static final PurgeThread SHARED = new PurgeThread();

  private static final Logger LOG = Logs.of(PurgeThread.class);

  private static final String NAME = "hakmem-purge";

  /** Until the next step, after one was broken off. */
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Guarded by this. */
  private final List<Member> members = new ArrayList<>();

  /** The running thread, or null; guarded by this. */
  private @Nullable Thread thread;

  /** Whether a failure was said; guarded by this. */
  private boolean saidFailure;

  private PurgeThread() {}

  private static final class Member {

    private final WeakReference<Purgeable> allocator;
    private long dueNs;

    private Member(Purgeable allocator, long nowNs) {
      this.allocator = new WeakReference<>(allocator);
      this.dueNs = nowNs + allocator.intervalNs();
    }
  }

  /**
   * Purges the allocator from now on, until it says that there is nothing more. The caller adds it
   * once.
   *
   * @return false if no thread is to be had, which is said once; another call tries again
   */
  public synchronized boolean add(Purgeable allocator) {
    Member member = new Member(allocator, System.nanoTime());
    if (thread == null && !start()) {
      return false;
    }
    members.add(member);
    notifyAll();
    return true;
  }

  private boolean start() {
    try {
      Thread started =
          Thread.ofPlatform()
              .name(NAME)
              .daemon()
              .inheritInheritableThreadLocals(false)
              .unstarted(this::run);
      started.setContextClassLoader(null); // That of the first caller must not be kept.
      started.start();
      thread = started;
      return true;
    } catch (Throwable refused) {
      sayFailure(refused);
      return false;
    }
  }

  private void sayFailure(Throwable refused) {
    if (!saidFailure) {
      saidFailure = true;
      LOG.warn(
          "no thread for giving memory back ({}): until there is one, collect() and trim() do it",
          refused.toString());
    }
  }

  /** Whatever breaks a step off, such as a full Java heap: the allocators count on this thread. */
  private void run() {
    boolean goesOn = true;
    while (goesOn) {
      try {
        Member due = next();
        goesOn = due != null;
        if (due != null) {
          purge(due);
        }
      } catch (Throwable brokenOff) {
        LockSupport.parkNanos(PAUSE_NS);
      }
    }
  }

  /** Waits for the member whose turn is next; null if there is none any more. */
  private synchronized @Nullable Member next() {
    while (true) {
      Member first = first();
      if (first == null) {
        thread = null;
        return null;
      }
      long leftNs = first.dueNs - System.nanoTime();
      if (leftNs <= 0) {
        return first;
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, leftNs);
      } catch (InterruptedException ofNobody) {
        LOG.debug("an interrupt of {} is not heard", NAME);
      }
    }
  }

  private @Nullable Member first() {
    Member first = null;
    for (Iterator<Member> left = members.iterator(); left.hasNext(); ) {
      Member member = left.next();
      if (member.allocator.get() == null) {
        left.remove();
      } else if (first == null || member.dueNs - first.dueNs < 0) {
        first = member;
      }
    }
    return first;
  }

  private void purge(Member member) {
    Purgeable allocator = member.allocator.get();
    if (allocator != null && isAnythingLeft(allocator)) {
      long dueNs = System.nanoTime() + allocator.intervalNs();
      synchronized (this) {
        member.dueNs = dueNs;
      }
    } else {
      synchronized (this) {
        members.remove(member);
      }
    }
  }

  /** What went wrong once is tried again. */
  private static boolean isAnythingLeft(Purgeable allocator) {
    try {
      return allocator.purge();
    } catch (Throwable failed) {
      LOG.debug("memory is not given back, and will be tried again: {}", failed.toString());
      return true;
    }
  }

  /** Whether the thread runs; it ends soon after it has nothing more to do. */
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
