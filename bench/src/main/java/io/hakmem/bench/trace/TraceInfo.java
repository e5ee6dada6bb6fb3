package io.hakmem.bench.trace;

import io.hakmem.bench.trace.Events.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a trace is about. Times are in ns after the start, or numbers of events where the trace has
 * no times.
 *
 * @param hasTimes whether times are ns
 * @param duration from the first event to the last
 * @param remoteFrees frees by another thread than the one that allocated
 * @param allocatedBytes the sum of all sizes that were asked for
 * @param liveAtEnd blocks that the trace does not free
 * @param sizes by powers of two, the smallest first
 * @param commonSizes those that were asked for most, the most frequent first
 * @param lifetimes of blocks that are freed, by powers of ten, the shortest first
 * @param busiest the threads with the most events
 * @param live what lives, at as many moments as there is room for
 */
public record TraceInfo(
    long events,
    int threads,
    boolean hasTimes,
    long duration,
    long allocations,
    long cleared,
    long aligned,
    long reallocations,
    long frees,
    long remoteFrees,
    long allocatedBytes,
    long peakLiveBlocks,
    long peakLiveBytes,
    long liveAtEnd,
    List<Size> sizes,
    List<Size> commonSizes,
    List<Lifetime> lifetimes,
    List<OfThread> busiest,
    List<Moment> live,
    List<String> warnings) {

  private static final int MOST_COMMON = 12;
  private static final int MOST_THREADS = 8;
  private static final int MOMENTS = 60;

  /** Those that a long has. */
  private static final int POWERS_OF_TEN = 19;

  /** Sizes up to here are counted by index. */
  private static final int MOST_SMALL_BYTES = 64 << 10;

  /** Allocations and reallocations of at most so many bytes, and of more than the size before. */
  public record Size(long bytes, long count) {}

  /** Blocks that lived at most so long, and longer than the lifetime before. */
  public record Lifetime(long most, long count) {}

  /** The events of one thread. */
  public record OfThread(int thread, long allocations, long frees) {}

  /** What lives at a time. */
  public record Moment(long at, long bytes, long blocks) {}

  /** Looks at all events once. */
  public static TraceInfo of(Events events) {
    Collector collector = new Collector(events);
    for (int i = 0; i < events.size(); i++) {
      collector.add(i);
    }
    return collector.result();
  }

  private static final class Collector {

    private final Events events;
    private final int[] bytesOf;
    private final int[] bornAt;
    private final long[] powersOfTwo = new long[Long.SIZE];
    private final long[] powersOfTen = new long[POWERS_OF_TEN];
    private final long[] small = new long[MOST_SMALL_BYTES + 1];
    private final Map<Long, Long> larger = new HashMap<>();
    private final long[] allocationsOf;
    private final long[] freesOf;
    private final List<Moment> live = new ArrayList<>();
    private final long step;
    private long next;
    private long plain;
    private long cleared;
    private long resized;
    private long freed;
    private long aligned;
    private long remote;
    private long allocatedBytes;
    private long liveBytes;
    private long liveBlocks;
    private long peakBytes;
    private long peakBlocks;

    private Collector(Events events) {
      this.events = events;
      bytesOf = new int[events.slots()];
      bornAt = new int[events.slots()];
      allocationsOf = new long[events.threads()];
      freesOf = new long[events.threads()];
      next = events.ns(0);
      step = Math.max(1, (events.ns(events.size() - 1) - next) / MOMENTS);
    }

    private void add(int event) {
      long now = events.ns(event);
      while (now > next) {
        live.add(new Moment(next, liveBytes, liveBlocks));
        next += step;
      }
      Kind kind = events.kind(event);
      count(kind);
      int slot = events.slot(event);
      if (kind == Kind.FREE) {
        free(event, slot, now);
      } else {
        hold(event, slot, kind);
      }
      liveBytes += events.bytes(event) - bytesOf[slot];
      bytesOf[slot] = events.bytes(event);
      peakBytes = Math.max(peakBytes, liveBytes);
      peakBlocks = Math.max(peakBlocks, liveBlocks);
    }

    private void free(int event, int slot, long now) {
      liveBlocks--;
      freesOf[events.thread(event)]++;
      remote += events.thread(event) == events.thread(bornAt[slot]) ? 0 : 1;
      powersOfTen[powerOfTen(now - events.ns(bornAt[slot]))]++;
    }

    private void hold(int event, int slot, Kind kind) {
      if (kind != Kind.RESIZE) {
        liveBlocks++;
        bornAt[slot] = event;
      }
      allocationsOf[events.thread(event)]++;
      aligned += events.alignment(event) > 0 ? 1 : 0;
      long bytes = events.bytes(event);
      allocatedBytes += bytes;
      powersOfTwo[Long.numberOfTrailingZeros(Long.highestOneBit(2 * bytes - 1))]++;
      if (bytes <= MOST_SMALL_BYTES) {
        small[(int) bytes]++;
      } else {
        larger.merge(bytes, 1L, Long::sum);
      }
    }

    /** The least power that is not below the value, or the greatest that there is. */
    private static int powerOfTen(long value) {
      int exponent = 0;
      for (long power = 1; power < value && exponent < POWERS_OF_TEN - 1; power *= 10) {
        exponent++;
      }
      return exponent;
    }

    private TraceInfo result() {
      int last = events.size() - 1;
      live.add(new Moment(events.ns(last), liveBytes, liveBlocks));
      return new TraceInfo(
          events.size(),
          events.threads(),
          events.hasTimes(),
          events.ns(last) - events.ns(0),
          plain + cleared,
          cleared,
          aligned,
          resized,
          freed,
          remote,
          allocatedBytes,
          peakBlocks,
          peakBytes,
          liveBlocks,
          sizes(),
          commonSizes(),
          lifetimes(),
          busiest(),
          List.copyOf(live),
          events.warnings());
    }

    private void count(Kind kind) {
      switch (kind) {
        case ALLOCATE -> plain++;
        case ALLOCATE_CLEARED -> cleared++;
        case RESIZE -> resized++;
        case FREE -> freed++;
      }
    }

    private List<Size> sizes() {
      return indices(powersOfTwo).mapToObj(i -> new Size(1L << i, powersOfTwo[i])).toList();
    }

    private List<Lifetime> lifetimes() {
      List<Lifetime> all = new ArrayList<>();
      long power = 1;
      for (long count : powersOfTen) {
        if (count > 0) {
          all.add(new Lifetime(power, count));
        }
        power *= 10; // It overflows behind the last one.
      }
      return all;
    }

    /** Where there is something. */
    private static IntStream indices(long[] counts) {
      return IntStream.range(0, counts.length).filter(i -> counts[i] > 0);
    }

    private List<Size> commonSizes() {
      return Stream.concat(
              indices(small).mapToObj(bytes -> new Size(bytes, small[bytes])),
              larger.entrySet().stream().map(e -> new Size(e.getKey(), e.getValue())))
          .sorted(Comparator.comparingLong(Size::count).reversed().thenComparingLong(Size::bytes))
          .limit(MOST_COMMON)
          .toList();
    }

    private List<OfThread> busiest() {
      List<OfThread> all = new ArrayList<>();
      for (int thread = 0; thread < allocationsOf.length; thread++) {
        all.add(new OfThread(thread, allocationsOf[thread], freesOf[thread]));
      }
      return all.stream()
          .sorted(
              Comparator.comparingLong((OfThread of) -> of.allocations() + of.frees()).reversed())
          .limit(MOST_THREADS)
          .toList();
    }
  }
}
