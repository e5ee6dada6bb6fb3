package io.hakmem.fuzz;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.Stats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Random calls of one allocator from threads of one kind, and a look at what is left. */
final class Round {

  private static final int[] MOST_HELD = {20, 300, 3_000};
  private static final int GENERATIONS = 4;
  private static final long PART = 2_000;

  /** Who plays. */
  enum Kind {
    /** One thread, whose round can be repeated call by call. */
    ALONE,
    PLATFORM,
    VIRTUAL,
    /** Threads that die, and leave blocks behind. */
    SHORT_LIVED
  }

  private final Gates.Choice choice;
  private final Kind kind;
  private final int threads;
  private final int most;
  private final boolean leavesBlocks;
  private final SplittableRandom random;
  private final Handover handover = new Handover();
  private final List<Player> players = new ArrayList<>();

  Round(Gates.Choice choice, SplittableRandom random, int threads) {
    this.choice = choice;
    this.random = random;
    this.kind = threads == 1 ? Kind.ALONE : Kind.values()[random.nextInt(Kind.values().length)];
    this.threads = kind == Kind.ALONE ? 1 : kind == Kind.VIRTUAL ? threads * 4 : threads;
    this.most = MOST_HELD[random.nextInt(MOST_HELD.length)];
    this.leavesBlocks = random.nextInt(4) == 0;
  }

  @Override
  public String toString() {
    return kind + " " + choice;
  }

  long operations() {
    return players.stream().mapToLong(Player::operations).sum();
  }

  long refused() {
    return players.stream().mapToLong(Player::refused).sum();
  }

  long outOfMemory() {
    return players.stream().mapToLong(Player::outOfMemory).sum();
  }

  /**
   * Plays so many calls.
   *
   * @throws ExecutionException with what a thread threw
   * @throws IllegalStateException if something was lost
   * @throws io.hakmem.SettingsException if the gates exclude each other
   */
  void run(long operations) throws ExecutionException, InterruptedException {
    HakAllocator allocator = choice.compose();
    try (allocator) {
      int generations = kind == Kind.SHORT_LIVED ? GENERATIONS : 1;
      for (int i = 0; i < generations; i++) {
        play(allocator, operations / generations / threads);
      }
      lookAtTheEnd(allocator);
    }
    require(allocator.stats().committedBytes() == 0, "committed after close", allocator);
  }

  private void play(HakAllocator allocator, long each)
      throws ExecutionException, InterruptedException {
    List<FutureTask<Player>> tasks = new ArrayList<>();
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      long seed = random.nextLong();
      FutureTask<Player> task = new FutureTask<>(player(allocator, seed, each));
      tasks.add(task);
      Thread.Builder builder = kind == Kind.VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform();
      started.add(builder.start(task));
    }
    for (Thread thread : started) {
      thread.join();
    }
    for (FutureTask<Player> task : tasks) {
      players.add(task.get());
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // The yield is for virtual threads, see below.
  private Callable<Player> player(HakAllocator allocator, long seed, long each) {
    return () -> {
      Player player = newPlayer(allocator, seed, most, kind == Kind.ALONE);
      for (long left = each; left > 0; left -= PART) {
        player.play(Math.min(left, PART));
        Thread.yield(); // A virtual thread keeps its carrier until it waits.
      }
      return player;
    };
  }

  private Player newPlayer(HakAllocator allocator, long seed, int mostHeld, boolean alone) {
    Composition.Blocks promised = allocator.composition().blocks();
    return new Player(allocator, handover, seed, mostHeld, promised, alone);
  }

  private void lookAtTheEnd(HakAllocator allocator) {
    Held left = new Held(handover.slots());
    for (int slot = 0; slot < handover.slots(); slot++) {
      handover.take(slot, left);
    }
    requireNoOverlap(left);
    allocator.checkInvariants();
    require(allocator.stats().refusedFrees() == refused(), "refused frees", allocator);
    if (leavesBlocks && !allocator.composition().blocks().leaksReported()) {
      return;
    }
    Player heir = newPlayer(allocator, 0, 1, false);
    heir.inherit(left);
    players.forEach(player -> heir.inherit(player.held()));
    allocator.trim();
    allocator.checkInvariants();
    require(allocator.stats().liveBytes() == 0, "live bytes", allocator);
    require(allocator.stats().committedBytes() == 0, "committed bytes", allocator);
    require(allocator.stats().allocations() == allocator.stats().frees(), "frees", allocator);
  }

  private void requireNoOverlap(Held left) {
    List<long[]> ranges = new ArrayList<>();
    addRanges(left, ranges);
    players.forEach(player -> addRanges(player.held(), ranges));
    ranges.sort(Comparator.comparingLong(range -> range[0]));
    long end = 0;
    for (long[] range : ranges) {
      if (range[0] < end) {
        throw new IllegalStateException("two live blocks share 0x%x".formatted(range[0]));
      }
      end = range[0] + range[1];
    }
  }

  private static void addRanges(Held held, List<long[]> ranges) {
    for (int i = 0; i < held.count(); i++) {
      ranges.add(new long[] {held.addresses[i], held.sizes[i]});
    }
  }

  private void require(boolean right, String what, HakAllocator allocator) {
    if (!right) {
      Stats stats = allocator.stats();
      throw new IllegalStateException(
          "wrong %s: %d were refused; the allocator says %d refused, %d live, %d cached, %d committed"
              .formatted(
                  what,
                  refused(),
                  stats.refusedFrees(),
                  stats.liveBytes(),
                  stats.cachedBytes(),
                  stats.committedBytes()));
    }
  }
}
