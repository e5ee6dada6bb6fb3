package io.hakmem.bench.workload;

import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What a load demands of any allocator.
 *
 * @param calls the calls of one round
 * @param reallocs the reallocations beside them, of each of which an allocator may make an
 *     allocation and a free
 * @param peakLive the blocks that live at most; of several threads the sum of their peaks, or what
 *     the load says where it depends on their speed
 * @param peakLiveBytes the bytes asked for by what lives at most, likewise
 */
public record Census(Tally calls, long reallocs, long peakLive, long peakLiveBytes) {

  public static final Census NONE = new Census(new Tally(0, 0), 0, 0, 0);

  public Census plus(Census other) {
    return new Census(
        calls.plus(other.calls),
        reallocs + other.reallocs,
        peakLive + other.peakLive,
        peakLiveBytes + other.peakLiveBytes);
  }

  /** The sum of what each thread demands. */
  public static Census ofThreads(int threads, IntFunction<Census> ofThread) {
    return IntStream.range(0, threads).mapToObj(ofThread).reduce(NONE, Census::plus);
  }

  /**
   * What it takes to fill tables of random sizes, each by random numbers of its own, and then to
   * free all of them.
   */
  public static Census ofTables(int tables, int slots, int seed, int minBytes, int maxBytes) {
    long bytes = 0;
    for (int table = 0; table < tables; table++) {
      int random = Random32.first(seed, table);
      for (int slot = 0; slot < slots; slot++) {
        random = Random32.next(random);
        bytes += minBytes + Random32.below(random, maxBytes - minBytes + 1);
      }
    }
    long all = (long) tables * slots;
    return new Census(new Tally(all, all), 0, all, bytes);
  }

  /** Counts what lives. */
  public static final class Counter {

    private long allocs;
    private long frees;
    private long reallocs;
    private long liveBytes;
    private long peakLive;
    private long peakLiveBytes;

    public void allocated(long bytes) {
      allocs++;
      liveBytes += bytes;
      peakLive = Math.max(peakLive, allocs - frees);
      peakLiveBytes = Math.max(peakLiveBytes, liveBytes);
    }

    public void freed(long bytes) {
      frees++;
      liveBytes -= bytes;
    }

    public void resized(long oldBytes, long newBytes) {
      reallocs++;
      liveBytes += newBytes - oldBytes;
      peakLiveBytes = Math.max(peakLiveBytes, liveBytes);
    }

    public long liveBytes() {
      return liveBytes;
    }

    /** Frees what still lives, of which 0 does not, and returns the result. */
    public Census drained(int[] sizes) {
      for (int bytes : sizes) {
        if (bytes != 0) {
          freed(bytes);
        }
      }
      return result();
    }

    public Census result() {
      return new Census(new Tally(allocs, frees), reallocs, peakLive, peakLiveBytes);
    }
  }
}
