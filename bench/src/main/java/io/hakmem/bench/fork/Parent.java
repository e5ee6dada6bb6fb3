package io.hakmem.bench.fork;

import java.io.IOException;

/** What a fork knows of the JVM that started it: it holds the other end of standard input. */
public final class Parent {

  /** The property that a fork is started with. */
  private static final String FORKED = "hakmem.bench.forked";

  private static final int ENDED_CODE = 1;

  private Parent() {}

  static String option() {
    return "-D" + FORKED + "=true";
  }

  /** Whether another JVM of this program started this one. */
  public static boolean isFork() {
    return Boolean.getBoolean(FORKED);
  }

  /** Ends this JVM when its parent is gone, however it went; nothing in a JVM that has none. */
  public static void watch() {
    if (isFork()) {
      Thread watcher = new Thread(Parent::awaitEnd, "hakmem-parent");
      watcher.setDaemon(true);
      watcher.start();
    }
  }

  private static void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent.
      }
    } catch (IOException e) {
      // Gone as well.
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(ENDED_CODE);
  }
}
