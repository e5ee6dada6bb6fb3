package io.hakmem.purge;

import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.StackRoom;
import io.hakmem.log.Logs;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Tells which threads wait, at a safepoint: all that was written before is seen by a thread that
 * waited, when it goes on.
 */
final class WaitingThreads {

  /** The native method in which a thread waits, and its caller. */
  private static final int FRAMES = 2;

  /** Null until somebody with room on the stack has asked the JDK for it. */
  private static volatile @Nullable ThreadMXBean threads;

  private static final Logger LOG = Logs.of(WaitingThreads.class);
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private WaitingThreads() {}

  /** Gets the JDK's part ready and asks it once, which initialises many classes. */
  static ThreadMXBean ready() {
    ThreadMXBean known = threads;
    if (known == null) {
      StackRoom.requireForFirstUse();
      known = ManagementFactory.getThreadMXBean();
      known.getThreadInfo(new long[] {Thread.currentThread().threadId()}, FRAMES);
      threads = known;
    }
    return known;
  }

  /**
   * Those of the heaps whose threads wait outside of a hit; after a safepoint. None where the JVM
   * cannot tell, which is said once.
   */
  static List<LocalHeap> among(List<LocalHeap> heaps) {
    try {
      return found(heaps);
    } catch (VirtualMachineError later) {
      return List.of(); // The stack or the Java heap is at its end, and another call will do.
    } catch (Throwable unknown) {
      sayOnce(unknown);
      return List.of();
    }
  }

  private static void sayOnce(Throwable unknown) {
    if (SAID.compareAndSet(false, true)) {
      LOG.warn(
          "the JVM does not tell which threads wait ({}): what they keep comes back when they go on",
          unknown.toString());
    }
  }

  private static List<LocalHeap> found(List<LocalHeap> heaps) {
    long[] ids = new long[heaps.size()];
    for (int i = 0; i < ids.length; i++) {
      Thread thread = heaps.get(i).thread();
      ids[i] = thread == null ? Long.MAX_VALUE : thread.threadId();
    }
    List<LocalHeap> waiting = new ArrayList<>();
    @Nullable ThreadInfo[] infos = ready().getThreadInfo(ids, FRAMES);
    for (int i = 0; i < ids.length; i++) {
      ThreadInfo info = infos[i];
      if (info != null && waits(info)) {
        waiting.add(heaps.get(i));
      }
    }
    return waiting;
  }

  /**
   * A native call forgets all that the compiler knew of memory. In the interpreter {@link
   * Thread#currentThread} is one, which a free calls in the middle of a hit.
   */
  private static boolean waits(ThreadInfo info) {
    StackTraceElement[] frames = info.getStackTrace();
    boolean isInNative = frames.length > 0 && (info.isInNative() || frames[0].isNativeMethod());
    for (StackTraceElement frame : frames) {
      isInNative &= !frame.getClassName().startsWith("io.hakmem.heap.");
    }
    return isInNative;
  }
}
