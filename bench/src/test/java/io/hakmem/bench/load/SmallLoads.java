package io.hakmem.bench.load;

import io.hakmem.bench.workload.Ring;
import io.hakmem.bench.workload.Slots;
import io.hakmem.bench.workload.Workload;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;

/** Every kind of load, small enough for a test. */
public final class SmallLoads {

  private SmallLoads() {}

  public static List<Workload> of(int threads) {
    return List.of(
        new MidLarge(threads, 3000, 50, 1, 16, 1024),
        larson(threads),
        xmalloc(threads),
        new Mstress(threads, 3, 700, 40, 30, 42, new Mstress.State(threads, 40, 30)),
        new AllocTest(threads, 20_000, 5000, 41, new Slots(threads, 20_000)),
        cacheWrites(threads, 0),
        cacheWrites(threads, 1),
        new Growth(threads, 5000, 30, 1, 16, 256, 1 << 14),
        new Burst(threads, 2000, 1, 16, 1024, new Slots(threads, 2000)),
        new VirtualThreads(threads, 200, 8, 1000, 1, 16, 1024, new VirtualThreads.Handover()));
  }

  public static Larson larson(int threads) {
    return new Larson(threads, 60, 3, 500, 4141, 8, 1000, new Larson.Exchange(threads, 60));
  }

  public static Xmalloc xmalloc(int threads) {
    int pairs = (threads + 1) / 2;
    List<Ring> rings = Stream.generate(() -> new Ring(3, 64)).limit(pairs).toList();
    return new Xmalloc(2 * pairs, 20, 64, 3, 64, rings);
  }

  private static CacheWrites cacheWrites(int threads, int handedOut) {
    CyclicBarrier allHanded = new CyclicBarrier(threads);
    return new CacheWrites(threads, 50, 20, 1, handedOut, allHanded, new long[threads]);
  }
}
