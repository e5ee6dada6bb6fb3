package io.hakmem.purge;

import io.hakmem.heap.LocalHeap;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which threads wait, at a safepoint: all that was written before is seen by a thread that
 * waited, when it goes on.
 */
final class WaitingThreads {

  /** The native method in which a thread waits, and its caller. */
  private static final int FRAMES = 2;

  private WaitingThreads() {}

  /** Those of the heaps whose threads wait outside of a hit; after a safepoint. */
  static List<LocalHeap> among(List<LocalHeap> heaps) {
    long[] ids = new long[heaps.size()];
    for (int i = 0; i < ids.length; i++) {
      Thread thread = heaps.get(i).thread();
      ids[i] = thread == null ? Long.MAX_VALUE : thread.threadId();
    }
    List<LocalHeap> waiting = new ArrayList<>();
    @Nullable ThreadInfo[] infos = ManagementFactory.getThreadMXBean().getThreadInfo(ids, FRAMES);
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
    boolean isInNative = info.isInNative() || (frames.length > 0 && frames[0].isNativeMethod());
    for (StackTraceElement frame : frames) {
      isInNative &= !frame.getClassName().startsWith("io.hakmem.heap.");
    }
    return isInNative;
  }
}
