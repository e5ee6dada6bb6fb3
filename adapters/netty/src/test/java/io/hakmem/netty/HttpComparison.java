package io.hakmem.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Requests a second over loopback, and Java heap a request, of Netty's default allocator, its pool
 * and ours, in turns. Server and clients share the processors, so that requests a second say little
 * of the server alone.
 */
final class HttpComparison {

  private static final long SEED = 1;

  private HttpComparison() {}

  /**
   * Of one server.
   *
   * @param perSecond requests
   * @param javaHeapBytes a request, of the event loop
   */
  record Figures(long perSecond, long javaHeapBytes) {}

  /** Warms a server up, and measures it then. */
  static Figures measure(ByteBufAllocator allocator, int requests)
      throws InterruptedException, ExecutionException {
    try (HttpEcho server = new HttpEcho(allocator, buffer -> true)) {
      long right = HttpLoad.run(server.address(), requests, SEED);
      long heapBefore = server.javaHeapBytes();
      long start = System.nanoTime();
      right += HttpLoad.run(server.address(), requests, SEED);
      long ns = System.nanoTime() - start;
      long sent = (long) requests * HttpLoad.CONNECTIONS;
      if (right != 2 * sent) {
        throw new IllegalStateException(right + " of " + 2 * sent + " answers were right");
      }
      return new Figures(
          sent * TimeUnit.SECONDS.toNanos(1) / ns, (server.javaHeapBytes() - heapBefore) / sent);
    }
  }

  private static long median(List<Figures> measured, ToLongFunction<Figures> figure) {
    long[] sorted = measured.stream().mapToLong(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /**
   * Prints the medians of some rounds.
   *
   * @param arguments which allocators: {@code all}, or one of {@code default}, {@code pool} and
   *     {@code hakmem}; how many rounds; how many requests each connection sends in half a round
   */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    int rounds = Integer.parseInt(arguments[1]);
    int requests = Integer.parseInt(arguments[2]);
    try (HakByteBufAllocator ours = new HakByteBufAllocator()) {
      Map<String, ByteBufAllocator> allocators = new LinkedHashMap<>();
      allocators.put("default", ByteBufAllocator.DEFAULT);
      allocators.put("pool", PooledByteBufAllocator.DEFAULT);
      allocators.put("hakmem", ours);
      if (!arguments[0].equals("all")) {
        allocators.keySet().retainAll(Set.of(arguments[0]));
      }
      Map<String, List<Figures>> measured = new LinkedHashMap<>();
      for (int round = 0; round < rounds; round++) {
        for (Map.Entry<String, ByteBufAllocator> each : allocators.entrySet()) {
          measured
              .computeIfAbsent(each.getKey(), any -> new ArrayList<>())
              .add(measure(each.getValue(), requests));
        }
      }
      measured.forEach(
          (name, figures) ->
              System.out.printf(
                  "%-8s %7d requests/s %7d B of Java heap a request%n",
                  name,
                  median(figures, Figures::perSecond),
                  median(figures, Figures::javaHeapBytes)));
    }
  }
}
