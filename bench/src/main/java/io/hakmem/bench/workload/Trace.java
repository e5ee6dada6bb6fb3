package io.hakmem.bench.workload;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import java.util.Map;

/**
 * The events of a recorded program, replayed in program order on one thread. They are numbered from
 * 1.
 *
 * @param slotOf the slot of each event
 * @param bytesOf the size that each event allocates, or 0 when it frees
 * @param slots the number of slots
 */
@SuppressWarnings("ArrayRecordComponent") // Read in the measured loop.
public record Trace(int[] slotOf, int[] bytesOf, int slots) implements Workload {

  private static final int EVENTS_PER_SAMPLE = 4096;

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
    return slotOf.length;
  }

  @Override
  public Map<String, Number> parameters() {
    return Map.of("slots", slots);
  }

  @Override
  public int maxBytes() {
    int max = 1;
    for (int bytes : bytesOf) {
      max = Math.max(max, bytes);
    }
    return max;
  }

  @Override
  public Tally run(Blocks blocks, int thread) {
    return loop(blocks, slotOf, bytesOf, new long[slots]);
  }

  private static Tally loop(Blocks blocks, int[] slotOf, int[] bytesOf, long[] addresses) {
    long allocs = 0;
    for (int i = 0; i < slotOf.length; i++) {
      int slot = slotOf[i];
      long bytes = bytesOf[i];
      if (bytes == 0) {
        blocks.free(addresses[slot]);
        addresses[slot] = 0;
      } else {
        long address = blocks.allocate(bytes);
        Memory.touch(address, bytes);
        addresses[slot] = address;
        allocs++;
      }
    }
    return new Tally(allocs, slotOf.length - allocs + drain(blocks, addresses));
  }

  private static long drain(Blocks blocks, long[] addresses) {
    long frees = 0;
    for (long address : addresses) {
      if (address != 0) {
        blocks.free(address);
        frees++;
      }
    }
    return frees;
  }

  @Override
  public Census census() {
    Census.Counter counter = new Census.Counter();
    int[] sizes = new int[slots];
    for (int i = 0; i < slotOf.length; i++) {
      if (bytesOf[i] == 0) {
        counter.freed(sizes[slotOf[i]]);
        sizes[slotOf[i]] = 0;
      } else {
        sizes[slotOf[i]] = bytesOf[i];
        counter.allocated(bytesOf[i]);
      }
    }
    for (int bytes : sizes) {
      if (bytes != 0) {
        counter.freed(bytes);
      }
    }
    return counter.result();
  }

  /**
   * Replays untimed with every block filled by a pattern of its own.
   *
   * @param verify whether to check each block before its free
   * @throws IllegalStateException if a block was overwritten; the message names slot and event
   */
  public Footprint footprint(Subject subject, boolean verify, long startRssBytes) {
    FilledReplay replay = new FilledReplay(subject, slots, verify, startRssBytes);
    for (int i = 0; i < slotOf.length; i++) {
      if (bytesOf[i] == 0) {
        replay.free(i + 1, slotOf[i]);
      } else {
        replay.allocate(i + 1, slotOf[i], bytesOf[i]);
      }
      if (i % EVENTS_PER_SAMPLE == 0) {
        replay.sample();
      }
    }
    return replay.finish();
  }
}
