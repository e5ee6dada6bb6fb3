package io.hakmem.bench.replay;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Memory;
import io.hakmem.bench.workload.Slots;
import io.hakmem.bench.workload.Tally;
import java.util.Map;

/**
 * The events of a recorded program, replayed in program order on one thread. They are numbered from
 * 1. An event is one number, so that the measured loop needs few registers of its own: the size
 * that it allocates, or 0 when it frees, above the 32 bits of its slot.
 *
 * <p>For the same reason the measured loop ends at {@link #END}, since of a counted loop the
 * compiler makes two, one in the other, and does not count the frees, which the trace fixes.
 *
 * @param events made by {@link #event}, and {@link #END} behind them
 * @param frees how many of the events free
 * @param addresses an entry for each slot, 0 between two replays: an array of hundreds of kilobytes
 *     that is made anew for each replay would be measured with it
 */
@SuppressWarnings("ArrayRecordComponent") // Read and written in the measured loop.
public record Trace(long[] events, long frees, long[] addresses) implements Replay {

  /** Behind the last event. */
  static final long END = -1;

  private static final int BYTES_SHIFT = 32;

  /** Events that do nothing but allocate and free. */
  static Trace of(Events all) {
    long[] events = new long[all.size() + 1];
    long frees = 0;
    for (int i = 0; i < all.size(); i++) {
      events[i] = event(all.slot(i), all.bytes(i));
      frees += all.bytes(i) == 0 ? 1 : 0;
    }
    events[all.size()] = END;
    return new Trace(events, frees, new long[all.slots()]);
  }

  /** The number of an event; 0 bytes free the slot. */
  static long event(int slot, int bytes) {
    return (long) bytes << BYTES_SHIFT | slot;
  }

  private static int slotOf(long event) {
    return (int) event;
  }

  private static int bytesOf(long event) {
    return (int) (event >>> BYTES_SHIFT);
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public long ops() {
    return events.length - 1L;
  }

  @Override
  public Map<String, Number> parameters() {
    return Map.of("slots", addresses.length);
  }

  @Override
  public int maxBytes() {
    int max = 1;
    for (int i = 0; i < ops(); i++) {
      max = Math.max(max, bytesOf(events[i]));
    }
    return max;
  }

  @Override
  public Tally run(Subject subject, int thread) {
    Blocks blocks = subject.blocks();
    loop(blocks, events, addresses);
    return new Tally(ops() - frees, frees + Slots.drain(blocks, addresses));
  }

  private static void loop(Blocks blocks, long[] events, long[] addresses) {
    for (long event : events) {
      if (event == END) {
        return;
      }
      int slot = slotOf(event);
      long bytes = bytesOf(event);
      if (bytes == 0) {
        blocks.free(addresses[slot]);
        addresses[slot] = 0;
      } else {
        long address = blocks.allocate(bytes);
        Memory.touch(address, bytes);
        addresses[slot] = address;
      }
    }
  }

  @Override
  public Census census() {
    Census.Counter counter = new Census.Counter();
    int[] sizes = new int[addresses.length];
    for (int i = 0; i < ops(); i++) {
      long event = events[i];
      int bytes = bytesOf(event);
      if (bytes == 0) {
        counter.freed(sizes[slotOf(event)]);
      } else {
        counter.allocated(bytes);
      }
      sizes[slotOf(event)] = bytes;
    }
    return counter.drained(sizes);
  }

  @Override
  public Footprint footprint(Subject subject, boolean verify, ResidentBlocks resident) {
    FilledReplay replay = new FilledReplay(subject, addresses.length, verify, resident);
    int step = FilledReplay.eventsPerSample(ops());
    for (int i = 0; i < ops(); i++) {
      int bytes = bytesOf(events[i]);
      if (bytes == 0) {
        replay.free(i + 1, slotOf(events[i]));
      } else {
        replay.allocate(i + 1, slotOf(events[i]), bytes, Events.Kind.ALLOCATE, 0);
      }
      if (i % step == 0) {
        replay.sample(i + 1L);
      }
    }
    return replay.finish(ops());
  }
}
