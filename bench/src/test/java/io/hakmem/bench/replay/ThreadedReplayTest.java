package io.hakmem.bench.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.trace.Events;
import io.hakmem.bench.trace.Events.Kind;
import io.hakmem.bench.trace.TraceInfo;
import io.hakmem.bench.workload.Rounds;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A trace on the threads that it was recorded on. */
final class ThreadedReplayTest {

  /** Each block is of one thread, and freed by whichever comes next. */
  private static Events random(int threads, int events) {
    SplittableRandom random = new SplittableRandom(5);
    Events.Builder built = new Events.Builder();
    for (int i = 0; i < events; i++) {
      int slot = random.nextInt(300);
      int thread = random.nextInt(threads);
      int bytes = 1 + random.nextInt(3000);
      if (!built.isOccupied(slot)) {
        built.add(
            random.nextBoolean() ? Kind.ALLOCATE : Kind.ALLOCATE_CLEARED, thread, slot, bytes, 0);
      } else if (random.nextInt(3) == 0) {
        built.add(Kind.RESIZE, thread, slot, bytes, 0);
      } else {
        built.add(Kind.FREE, thread, slot, 0, 0);
      }
    }
    return built.build();
  }

  private record Hakmem(HakAllocator own) implements Subject, Blocks {

    @Override
    public Blocks blocks() {
      return this;
    }

    @Override
    public long allocate(long bytes) {
      return own.allocate(bytes);
    }

    @Override
    public long allocate(long bytes, long alignment) {
      return own.allocate(bytes, alignment);
    }

    @Override
    public void free(long address) {
      own.free(address);
    }

    @Override
    public long reallocate(long address, long bytes) {
      return own.reallocate(address, bytes);
    }

    @Override
    public long usableSize(long address) {
      return own.usableSize(address);
    }

    @Override
    public String composition() {
      return own.describe();
    }

    @Override
    public Optional<HakAllocator> allocator() {
      return Optional.of(own);
    }
  }

  @Test
  void rounds_onThreads_makeEachCallOnce() throws Exception {
    Replay replay = Replay.onOwnThreads(random(4, 20_000));
    assertThat(replay.threads()).isEqualTo(4);
    try (HakAllocator own = HakAllocator.create();
        Rounds rounds = new Rounds(replay, new Hakmem(own), replay.census().calls())) {
      assertThat(rounds.turn(50_000_000).rounds()).isPositive();
      assertThat(own.liveBytes()).isZero();
    }
  }

  @Test
  void footprint_onThreads_keepsContents() {
    Events events = random(4, 20_000);
    Replay replay = Replay.onOwnThreads(events);
    try (HakAllocator own = HakAllocator.create()) {
      Footprint footprint = replay.footprint(new Hakmem(own), true, new ResidentBlocks());
      assertThat(footprint.verifiedBlocks()).isEqualTo(replay.census().calls().frees());
      assertThat(footprint.samples()).hasSizeGreaterThan(20);
      assertThat(footprint.samples().getLast().event()).isEqualTo(events.size());
      assertThat(footprint.samples().getLast().liveBytes())
          .isEqualTo(TraceInfo.of(events).live().getLast().bytes());
      assertThat(own.liveBytes()).isZero();
    }
  }

  @Test
  void footprint_contentsThatAReallocationLoses_fails() {
    Events.Builder built = new Events.Builder();
    built.add(Kind.ALLOCATE, 0, 0, 64, 0);
    built.add(Kind.RESIZE, 1, 0, 4096, 0);
    Replay replay = Replay.onOwnThreads(built.build());
    try (HakAllocator own = HakAllocator.create()) {
      Subject forgetful = new Forgetful(new Hakmem(own));
      assertThatThrownBy(() -> replay.footprint(forgetful, true, new ResidentBlocks()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("byte 0 of 64")
          .hasMessageContaining("was overwritten");
    }
  }

  private record Forgetful(Hakmem inner) implements Subject, Blocks {

    @Override
    public Blocks blocks() {
      return this;
    }

    @Override
    public long allocate(long bytes) {
      return inner.allocate(bytes);
    }

    @Override
    public void free(long address) {
      inner.free(address);
    }

    @Override
    public long reallocate(long address, long bytes) {
      inner.free(address);
      return inner.own.allocateZeroed(bytes);
    }

    @Override
    public String composition() {
      return "forgets";
    }
  }
}
