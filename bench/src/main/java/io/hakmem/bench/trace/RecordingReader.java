package io.hakmem.bench.trace;

import io.hakmem.bench.trace.Events.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code HAKMEM_RECORD} writes; {@code docs/benchmarks.md} describes the file. Each
 * block holds events of one thread, in their order. They are put into one order by their times.
 */
final class RecordingReader {

  static final byte[] MAGIC = "HAKTRACE".getBytes(StandardCharsets.US_ASCII);

  private static final int VERSION = 2;
  private static final int WHOLE = 1;
  private static final int END = 3;
  private static final int MOST_BLOCK_BYTES = 1 << 20;
  private static final int USUAL_EVENT_BYTES = 5;

  /** A block that says it is packed better is not believed before it is read. */
  private static final int MOST_PACKED = 8;

  private final Path path;
  private final Map<Integer, LaneReader> lanes = new HashMap<>();
  private boolean isWhole;
  private boolean isCut;
  private long blocksEnd;
  private long eventBytes;
  private long noted;
  private long lost;

  RecordingReader(Path path) {
    this.path = path;
  }

  Events read() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      readHead(file);
      readIndex(file);
      BlockOrder order =
          new BlockOrder(lanes.size(), isWhole && !isCut, eventBytes / USUAL_EVENT_BYTES);
      merge(order, file);
      return order.end(warning(), lost);
    }
  }

  private @Nullable String warning() {
    if (isCut) {
      return cutWarning();
    }
    long read = lanes.values().stream().mapToLong(LaneReader::events).sum();
    return read == noted
        ? null
        : "the recording holds %,d events, of %,d that its end counts".formatted(read, noted);
  }

  private String cutWarning() {
    return "the recording has no end: it is read up to byte " + blocksEnd;
  }

  private void readHead(RandomAccessFile file) throws IOException {
    try {
      file.seek(MAGIC.length);
      int version = file.readUnsignedByte();
      if (version != VERSION) {
        throw new TraceException(
            " version %d of a recording, this command reads version %d"
                .formatted(version, VERSION));
      }
      isWhole = (file.readUnsignedByte() & WHOLE) != 0;
      file.readLong();
      blocksEnd = file.getFilePointer();
    } catch (EOFException e) {
      throw new TraceException(" the recording ends within its first bytes");
    }
  }

  private void readIndex(RandomAccessFile file) throws IOException {
    try {
      while (true) {
        int kind = file.readUnsignedByte();
        if (kind == END) {
          noted = file.readLong();
          lost = file.readLong();
          return;
        }
        int lane = file.readInt();
        int plain = file.readInt();
        int stored = file.readInt();
        requireBlock(kind, lane, plain, stored);
        long at = file.getFilePointer();
        if (at + stored > file.length()) {
          throw new EOFException();
        }
        laneOf(lane).add(at, plain, stored, kind == LaneReader.DEFLATED);
        eventBytes += Math.min(plain, (long) MOST_PACKED * stored);
        file.seek(at + stored);
        blocksEnd = at + stored;
      }
    } catch (EOFException e) {
      isCut = true;
    }
  }

  private LaneReader laneOf(int number) {
    LaneReader lane = lanes.computeIfAbsent(number, LaneReader::new);
    if (lanes.size() > Events.MOST_THREADS) {
      throw new TraceException(
          " threads=%d must be at most %d".formatted(lanes.size(), Events.MOST_THREADS));
    }
    return lane;
  }

  private void requireBlock(int kind, int lane, int plain, int stored) {
    boolean isBlock = kind == LaneReader.PLAIN || kind == LaneReader.DEFLATED;
    boolean isSized = plain > 0 && plain <= MOST_BLOCK_BYTES && stored > 0 && stored <= plain;
    if (!isBlock || !isSized || lane < 0) {
      throw new TraceException(" byte " + blocksEnd + ": no block begins here");
    }
  }

  private void merge(BlockOrder order, RandomAccessFile file) throws IOException {
    PriorityQueue<LaneReader> next =
        new PriorityQueue<>(
            Comparator.comparingLong(LaneReader::ns).thenComparingInt(LaneReader::number));
    for (LaneReader lane : lanes.values()) {
      if (lane.advance(file)) {
        next.add(lane);
      }
    }
    for (LaneReader lane = next.poll(); lane != null; lane = next.poll()) {
      boolean goesOn = take(lane, order, file);
      while (goesOn && isBefore(lane, next.peek())) {
        goesOn = take(lane, order, file);
      }
      if (goesOn) {
        next.add(lane);
      }
    }
  }

  private static boolean isBefore(LaneReader lane, @Nullable LaneReader other) {
    return other == null || lane.ns() < other.ns();
  }

  /** Takes an event, unless the one behind it says that it was refused. */
  private static boolean take(LaneReader lane, BlockOrder order, RandomAccessFile file)
      throws IOException {
    int kind = lane.kind();
    long ns = lane.ns();
    long address = lane.address();
    long bytes = lane.bytes();
    long alignment = lane.alignment();
    boolean isCleared = lane.isCleared();
    boolean goesOn = lane.advance(file);
    if (goesOn && lane.kind() == LaneReader.REFUSED) {
      return lane.advance(file);
    }
    order.at(ns, lane.number());
    switch (kind) {
      case LaneReader.ALLOCATED ->
          order.allocate(
              address, bytes, alignment, isCleared ? Kind.ALLOCATE_CLEARED : Kind.ALLOCATE);
      case LaneReader.FREED -> order.free(address);
      case LaneReader.RESIZING -> order.resizing(address);
      case LaneReader.RESIZED -> order.resized(address, bytes);
      default -> throw new TraceException(" thread " + lane.number() + ": no event " + kind);
    }
    return goesOn;
  }
}
