package io.hakmem.bench.workload;

/**
 * What a load demands of any allocator.
 *
 * @param calls the calls of one round
 * @param peakLive the blocks that live at most; of several threads the sum of their peaks
 * @param peakLiveBytes the bytes asked for by what lives at most, likewise
 */
public record Census(Tally calls, long peakLive, long peakLiveBytes) {

  Census plus(Census other) {
    return new Census(
        calls.plus(other.calls), peakLive + other.peakLive, peakLiveBytes + other.peakLiveBytes);
  }

  /** Counts what lives. */
  static final class Counter {

    private long allocs;
    private long frees;
    private long liveBytes;
    private long peakLive;
    private long peakLiveBytes;

    void allocated(long bytes) {
      allocs++;
      liveBytes += bytes;
      peakLive = Math.max(peakLive, allocs - frees);
      peakLiveBytes = Math.max(peakLiveBytes, liveBytes);
    }

    void freed(long bytes) {
      frees++;
      liveBytes -= bytes;
    }

    long liveBytes() {
      return liveBytes;
    }

    Census result() {
      return new Census(new Tally(allocs, frees), peakLive, peakLiveBytes);
    }
  }
}
