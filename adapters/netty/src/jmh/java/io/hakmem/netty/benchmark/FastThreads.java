package io.hakmem.netty.benchmark;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of JMH as those of Netty's event loops, for which its pool keeps caches. */
public final class FastThreads extends ThreadPoolExecutor {

  /** JMH calls this constructor by reflection. */
  public FastThreads(int threads, String prefix) {
    super(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        new DefaultThreadFactory(prefix, true));
  }
}
