package io.hakmem.engine;

import io.hakmem.BlockDamagedException;
import io.hakmem.Leak;
import io.hakmem.event.AllocationSample;
import io.hakmem.event.Events;
import io.hakmem.guard.Guard;
import io.hakmem.guard.KnownBlock;
import io.hakmem.guard.LeakSampler;
import io.hakmem.guard.Site;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.PageKey;
import io.hakmem.heap.StackRoom;
import io.hakmem.log.Logs;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What is known of single blocks: of all with full checks, of samples, or of none. */
final class Tracking {

  private static final Logger LOG = Logs.of(Tracking.class);

  private static final int SITES_LOGGED = 20;

  private final @Nullable Guard guard;
  private final @Nullable LeakSampler sampler;
  private final Supplier<LocalHeap> factory;

  /** Samples have pages of their own, whose frees no thread serves by itself. Guarded by this. */
  private @Nullable LocalHeap sampled;

  /**
   * Tracks what a guard guards, or samples.
   *
   * @param sampleEvery how many misses there are for one sample; 0 for no samples
   */
  Tracking(@Nullable Guard guard, int sampleEvery, Supplier<LocalHeap> factory) {
    this.guard = guard;
    this.sampler = sampleEvery == 0 ? null : new LeakSampler(sampleEvery, System::nanoTime);
    this.factory = factory;
  }

  /** Not null with full checks. */
  @Nullable Guard guard() {
    return guard;
  }

  /**
   * Tells Flight Recorder of a miss, before it is served: what is thrown behind that would lose a
   * block. A miss takes about a page, or what it asks for if that is more.
   */
  static void told(long bytes) {
    AllocationSample event = Events.allocationSample(Math.max(bytes, PageKey.PAGE_BYTES));
    if (event != null) {
      event.write(bytes, Site.ofCaller().toString());
    }
  }

  /** Whether the miss of a heap is to be a sample. */
  boolean samples(LocalHeap heap) {
    return sampler != null && heap != sampled && sampler.takes();
  }

  /** A block that is remembered, for a miss that is to be a sample. */
  synchronized long allocateSample(long bytes) {
    LeakSampler to = Objects.requireNonNull(sampler);
    KnownBlock sample = to.newSample(bytes);
    StackRoom.require();
    LocalHeap heap = sampled;
    if (heap == null) {
      heap = factory.get();
      sampled = heap;
    }
    long address = heap.allocate(bytes);
    to.allocated(sample, address);
    return address;
  }

  /** Whether it has to be told of each free. */
  boolean asksForFrees() {
    return guard != null || sampler != null;
  }

  /** Is told of each free that is no hit, before it is served; null if it is of no sample. */
  @Nullable KnownBlock freed(long address) {
    return sampler == null ? null : sampler.freed(address);
  }

  /** Is told that such a free threw, and remembers a sample again that is still live. */
  void notFreed(@Nullable KnownBlock sample, Refusals refusals) {
    if (sampler != null && sample != null && refusals.isLive(sample.address())) {
      sampler.notFreed(sample);
    }
  }

  /** Runs the operation on the heap of the samples, if there is one. */
  synchronized void withSampled(Consumer<LocalHeap> operation) {
    if (sampled != null) {
      operation.accept(sampled);
    }
  }

  List<Leak> leaks(Duration age) {
    if (guard != null) {
      return guard.leaks(age);
    }
    return sampler == null ? List.of() : sampler.leaks(age);
  }

  /** Says what is left, while its memory is still there. */
  void close() {
    if (guard != null) {
      try {
        guard.flush();
      } catch (BlockDamagedException damaged) {
        LOG.error("found at close: {}", damaged.getMessage());
      }
    }
    List<Leak> leaks = leaks(Duration.ZERO);
    if (!leaks.isEmpty()) {
      say(leaks);
    }
  }

  private void say(List<Leak> leaks) {
    long blocks = 0;
    long bytes = 0;
    for (Leak leak : leaks) {
      blocks += leak.blocks();
      bytes += leak.bytes();
    }
    LOG.warn(
        "{} blocks of {} bytes are not freed at close{}",
        blocks,
        bytes,
        guard == null ? ", of those that are sampled" : "");
    for (Leak leak : leaks.subList(0, Math.min(SITES_LOGGED, leaks.size()))) {
      say(leak);
    }
  }

  private static void say(Leak leak) {
    LOG.warn("{} blocks of {} bytes allocated at {}", leak.blocks(), leak.bytes(), leak.site());
  }
}
