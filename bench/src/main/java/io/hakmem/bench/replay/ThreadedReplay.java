package io.hakmem.bench.replay;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.Events.Kind;
import io.hakmem.bench.workload.Census;
import io.hakmem.bench.workload.Crew;
import io.hakmem.bench.workload.Memory;
import io.hakmem.bench.workload.Slots;
import io.hakmem.bench.workload.Tally;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The events of a recorded program, each on the thread that made it, or all on one thread. The
 * events of a slot keep their order: a thread waits until the slot's event before its own is done.
 * So no free runs before its allocation, and since the order of the trace is one in which all of
 * this holds, the thread with the earliest event that is not done can always go on.
 */
public final class ThreadedReplay implements Replay {

  /** Looks at a slot before a thread gives its processor away, which takes long. */
  private static final int SPINS = 2000;

  private static final long PAUSE_NS = 1000;

  private final Events all;
  private final Lane[] lanes;
  private final long[] addresses;
  private final AtomicIntegerArray turns;
  private final CyclicBarrier end;

  /** The events of one thread. */
  private static final class Lane {

    /** The turn of an event whose slot is of this thread alone. */
    private static final int ALONE = -1;

    /** Their numbers in the trace. */
    private final int[] events;

    /** How many events of its slot are before each. */
    private final int[] turns;

    private int size;
    private int allocations;
    private int frees;

    private Lane(int events) {
      this.events = new int[events];
      this.turns = new int[events];
    }

    private void add(int event, Kind kind, int turn) {
      events[size] = event;
      turns[size] = turn;
      size++;
      allocations += kind == Kind.ALLOCATE || kind == Kind.ALLOCATE_CLEARED ? 1 : 0;
      frees += kind == Kind.FREE ? 1 : 0;
    }
  }

  ThreadedReplay(Events all, int threads) {
    this.all = all;
    addresses = new long[all.slots()];
    turns = new AtomicIntegerArray(threads == 1 ? 0 : all.slots());
    end = new CyclicBarrier(threads);
    lanes = lanes(all, threads);
  }

  private static Lane[] lanes(Events all, int threads) {
    boolean[] isShared = threads == 1 ? new boolean[all.slots()] : shared(all);
    int[] sizes = new int[threads];
    for (int i = 0; i < all.size(); i++) {
      sizes[laneOf(all, i, threads)]++;
    }
    Lane[] lanes = new Lane[threads];
    for (int lane = 0; lane < threads; lane++) {
      lanes[lane] = new Lane(sizes[lane]);
    }
    int[] counts = new int[all.slots()];
    for (int i = 0; i < all.size(); i++) {
      int slot = all.slot(i);
      lanes[laneOf(all, i, threads)].add(
          i, all.kind(i), isShared[slot] ? counts[slot] : Lane.ALONE);
      counts[slot]++;
    }
    return lanes;
  }

  private static int laneOf(Events all, int event, int threads) {
    return threads == 1 ? 0 : all.thread(event);
  }

  /** Which slots more than one thread has events of. */
  private static boolean[] shared(Events all) {
    int[] users = new int[all.slots()];
    boolean[] isShared = new boolean[all.slots()];
    for (int i = 0; i < all.size(); i++) {
      int slot = all.slot(i);
      int user = all.thread(i) + 1;
      isShared[slot] |= users[slot] != 0 && users[slot] != user;
      users[slot] = user;
    }
    return isShared;
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public int threads() {
    return lanes.length;
  }

  @Override
  public long ops() {
    return all.size();
  }

  @Override
  public Map<String, Number> parameters() {
    return Map.of("slots", addresses.length);
  }

  @Override
  public int maxBytes() {
    return IntStream.range(0, all.size()).map(all::bytes).max().orElse(1);
  }

  /** The kernel in C has allocations and frees on one thread alone. */
  @Override
  public boolean hasNativeKernel() {
    return false;
  }

  @Override
  public Tally run(Subject subject, int thread) {
    Lane lane = lanes[thread];
    Blocks blocks = subject.blocks();
    for (int i = 0; i < lane.events.length; i++) {
      int event = lane.events[i];
      int slot = all.slot(event);
      await(lane.turns[i], slot);
      addresses[slot] = call(blocks, event, addresses[slot]);
      done(lane.turns[i], slot);
    }
    long drained = meet(blocks, thread);
    return new Tally(lane.allocations, lane.frees + drained);
  }

  /** Makes the call of an event; returns what is in the slot then. */
  private long call(Blocks blocks, int event, long before) {
    int bytes = all.bytes(event);
    if (bytes == 0) {
      blocks.free(before);
      return 0;
    }
    long alignment = all.alignment(event);
    long address =
        switch (all.kind(event)) {
          case RESIZE -> blocks.reallocate(before, bytes);
          case ALLOCATE_CLEARED ->
              alignment == 0
                  ? blocks.allocateZeroed(bytes)
                  : blocks.allocateZeroed(bytes, alignment);
          default -> alignment == 0 ? blocks.allocate(bytes) : blocks.allocate(bytes, alignment);
        };
    Memory.touch(address, bytes);
    return address;
  }

  private void await(int turn, int slot) {
    if (turn > 0 && turns.getAcquire(slot) != turn) {
      awaitSlow(turn, slot);
    }
  }

  private void awaitSlow(int turn, int slot) {
    for (int spins = 0; turns.getAcquire(slot) != turn; spins++) { // Pairs with done.
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else if (Thread.currentThread().isInterrupted() || end.isBroken()) {
        throw new IllegalStateException("another thread gave up");
      } else {
        LockSupport.parkNanos(PAUSE_NS);
      }
    }
  }

  private void done(int turn, int slot) {
    if (turn >= 0) {
      turns.setRelease(slot, turn + 1);
    }
  }

  /** When all threads are here, the first empties the slots; returns how many blocks it freed. */
  private long meet(Blocks blocks, int thread) {
    Crew.meet(end);
    if (thread > 0) {
      return 0;
    }
    for (int slot = 0; slot < turns.length(); slot++) {
      turns.setPlain(slot, 0);
    }
    return Slots.drain(blocks, addresses);
  }

  @Override
  public Census census() {
    Census.Counter counter = new Census.Counter();
    int[] sizes = new int[addresses.length];
    for (int i = 0; i < all.size(); i++) {
      int slot = all.slot(i);
      int bytes = all.bytes(i);
      switch (all.kind(i)) {
        case FREE -> counter.freed(sizes[slot]);
        case RESIZE -> counter.resized(sizes[slot], bytes);
        default -> counter.allocated(bytes);
      }
      sizes[slot] = bytes;
    }
    return counter.drained(sizes);
  }

  @Override
  public Footprint footprint(Subject subject, boolean verify, ResidentBlocks resident) {
    FilledReplay replay = new FilledReplay(subject, addresses.length, verify, resident);
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes.length, subject.threads())) {
      List<Future<?>> parts =
          IntStream.range(0, lanes.length)
              .<Future<?>>mapToObj(thread -> threads.submit(() -> fill(replay, thread)))
              .toList();
      await(parts);
      return threads.submit(() -> replay.finish(ops())).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalStateException wrong) {
        throw new IllegalStateException(wrong.getMessage(), e);
      }
      throw new IllegalStateException("a thread of the replay failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      for (int slot = 0; slot < turns.length(); slot++) {
        turns.setPlain(slot, 0);
      }
    }
  }

  /** The one that failed first tells why: the others may wait for it for ever. */
  private void await(List<Future<?>> parts) throws InterruptedException, ExecutionException {
    for (Future<?> part : parts) {
      while (part.state() == Future.State.RUNNING) {
        for (Future<?> other : parts) {
          if (other.state() == Future.State.FAILED) {
            end.reset();
            parts.forEach(each -> each.cancel(true));
            other.get();
          }
        }
        Thread.sleep(1);
      }
    }
    for (Future<?> part : parts) {
      part.get();
    }
  }

  private void fill(FilledReplay replay, int thread) {
    Lane lane = lanes[thread];
    int step = FilledReplay.eventsPerSample(lane.events.length);
    for (int i = 0; i < lane.events.length; i++) {
      int event = lane.events[i];
      int slot = all.slot(event);
      await(lane.turns[i], slot);
      switch (all.kind(event)) {
        case FREE -> replay.free(event + 1, slot);
        case RESIZE -> replay.resize(event + 1, slot, all.bytes(event));
        default ->
            replay.allocate(
                event + 1, slot, all.bytes(event), all.kind(event), all.alignment(event));
      }
      done(lane.turns[i], slot);
      if (thread == 0 && i % step == 0) {
        replay.sample(event + 1L);
      }
    }
  }
}
