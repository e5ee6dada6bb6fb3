package io.hakmem.bench.foreign;

import io.hakmem.bench.trace.BlockOrder;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.Events.Kind;
import io.hakmem.bench.trace.TraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What Netty's allocators tell Flight Recorder of their direct buffers. A reallocation is an event
 * of the old buffer, which an allocation on the same thread follows.
 */
public final class NettyEvents {

  private static final String ALLOCATE = "io.netty.AllocateBuffer";
  private static final String REALLOCATE = "io.netty.ReallocateBuffer";
  private static final String FREE = "io.netty.FreeBuffer";

  private static final String HOW_TO_GET_THEM =
      "they are off unless a setting of Flight Recorder turns them on, such as"
          + " -XX:StartFlightRecording:io.netty.AllocateBuffer#enabled=true,"
          + "io.netty.ReallocateBuffer#enabled=true,io.netty.FreeBuffer#enabled=true";

  private record Event(Instant time, String name, long thread, long address, int bytes) {}

  private final List<Event> events = new ArrayList<>();
  private final Map<Long, Integer> threads = new HashMap<>();
  private final Map<Integer, Boolean> reallocates = new HashMap<>();
  private long withoutAddress;
  private boolean isCut;

  private NettyEvents() {}

  /**
   * Reads a file of Flight Recorder.
   *
   * @throws TraceException if it is none, or holds no event of a direct buffer
   */
  public static Events read(Path file) throws IOException {
    NettyEvents reader = new NettyEvents();
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        reader.take(recording.readEvent());
      }
    } catch (IOException | RuntimeException | Error damaged) { // The JDK's reader trusts the file.
      if (reader.events.isEmpty()) {
        throw new TraceException(file + ": no file of Flight Recorder: " + damaged.getMessage());
      }
      reader.isCut = true;
    }
    if (reader.events.isEmpty()) {
      throw new TraceException(
          reader.withoutAddress > 0
              ? file + ": the buffers have no addresses, since Netty could not use Unsafe"
              : file + ": no event of a direct buffer of Netty; " + HOW_TO_GET_THEM);
    }
    try {
      return reader.inOrder();
    } catch (TraceException e) {
      throw new TraceException(file + ":" + e.getMessage());
    }
  }

  private void take(RecordedEvent event) {
    String name = event.getEventType().getName();
    boolean isKnown = name.equals(ALLOCATE) || name.equals(REALLOCATE) || name.equals(FREE);
    if (!isKnown || !event.getBoolean("direct")) {
      return;
    }
    long address = event.getLong("address");
    if (address == 0) {
      withoutAddress++;
      return;
    }
    RecordedThread thread = event.getThread();
    long number = thread == null ? 0 : thread.getId();
    events.add(new Event(event.getStartTime(), name, number, address, event.getInt("size")));
  }

  /** Parts of a file are in the order in which threads handed them on. */
  private Events inOrder() {
    events.sort(Comparator.comparing(Event::time));
    Instant start = events.getFirst().time;
    events.forEach(event -> threads.computeIfAbsent(event.thread, _ -> threads.size()));
    BlockOrder order = new BlockOrder(threads.size(), false);
    for (Event event : events) {
      int thread = threads.getOrDefault(event.thread, 0);
      order.at(start.until(event.time, ChronoUnit.NANOS), thread);
      switch (event.name) {
        case FREE -> order.free(event.address);
        case REALLOCATE -> {
          order.resizing(event.address);
          reallocates.put(thread, true);
        }
        default -> allocate(order, thread, event);
      }
    }
    return order.end(warning(), 0);
  }

  private @Nullable String warning() {
    if (isCut) {
      return "the file is cut or damaged: the %,d events before that are read"
          .formatted(events.size());
    }
    return withoutAddress == 0 ? null : withoutAddress + " events without an address are left out";
  }

  private void allocate(BlockOrder order, int thread, Event event) {
    if (Boolean.TRUE.equals(reallocates.remove(thread))) {
      order.resized(event.address, event.bytes);
    } else {
      order.allocate(event.address, event.bytes, 0, Kind.ALLOCATE);
    }
  }
}
