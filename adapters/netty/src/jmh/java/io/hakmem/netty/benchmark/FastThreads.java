package io.hakmem.netty.benchmark;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of JMH as those of Netty's event loops, for which its pool keeps caches. */
public final class FastThreads extends ThreadPoolExecutor {

  /**
   * JMH calls this constructor by reflection. It hands on the tasks of an iteration when some
   * threads are not back from the one before, so that tasks have to wait.
   */
  public FastThreads(int threads, String prefix) {
    super(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        new DefaultThreadFactory(prefix, true));
  }
}
