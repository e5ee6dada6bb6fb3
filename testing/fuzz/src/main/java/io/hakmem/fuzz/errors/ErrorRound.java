package io.hakmem.fuzz.errors;

import io.hakmem.HakAllocator;
import io.hakmem.Stats;
import io.hakmem.fuzz.Gates;
import io.hakmem.fuzz.Handover;
import io.hakmem.fuzz.Player;
import io.hakmem.fuzz.Waiting;
import io.hakmem.fuzz.errors.DrawnCall.Kind;
import io.hakmem.fuzz.fault.FailingBox;
import io.hakmem.fuzz.fault.FailingSource;
import io.hakmem.fuzz.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Random calls of one allocator that are cut off, and a look at what is left. */
final class ErrorRound {

  private static final int[] MOST_HELD = {20, 300, 2_000};
  private static final int MOST_HELD_BY_OTHERS = 200;
  private static final int SHIFTS = 3;
  private static final int CALLS_OF_A_SHIFT = 100;
  private static final int CALLS_BESIDE_INJECTIONS = 1_000;
  private static final int CALLS_WITH_FEW_OBJECTS = 400;
  private static final int CALLS_AT_THE_HEAP_END = 8;
  private static final int LOOK_EVERY = 16;
  private static final int LOOK_AT_LIVE_ONE_IN = 2;
  private static final int EXCHANGE_ONE_IN = 8;
  private static final int CALLS_OF_OTHERS = 500;
  private static final int PART = 50;

  private final Scarce scarce;
  private final Gates.Choice choice;
  private final SplittableRandom random;
  private final boolean beside;
  private final boolean leavesBlocks;
  private final int most;
  private final Handover handover = new Handover();
  private final List<Player> players = new ArrayList<>();
  private final Plenty plenty = new Plenty();
  private @Nullable Scarcity scarcity;
  private final Fault fault = new Fault();
  private @Nullable FailingSource source;
  private @Nullable Model model;
  private volatile long steps;
  private volatile boolean ends;

  ErrorRound(Scarce scarce, Gates.Choice choice, SplittableRandom random) {
    this.scarce = scarce;
    this.choice = choice;
    this.random = random;
    this.beside = random.nextBoolean() && scarce != Scarce.HEAP;
    this.leavesBlocks = random.nextBoolean();
    this.most = MOST_HELD[random.nextInt(MOST_HELD.length)];
  }

  @Override
  public String toString() {
    return scarce + (beside ? " beside others " : " ") + choice;
  }

  long operations() {
    return plenty.attempts() + (scarcity == null ? 0 : scarcity.attempts()) + othersCalls();
  }

  private long othersCalls() {
    return players.stream().mapToLong(Player::operations).sum();
  }

  long cut() {
    return scarcity == null ? 0 : scarcity.cut();
  }

  long outOfMemory() {
    return model == null ? 0 : model.outOfMemory();
  }

  /**
   * Plays it.
   *
   * @throws ExecutionException with what a thread threw
   * @throws IllegalStateException if something was lost
   * @throws io.hakmem.SettingsException if the gates exclude each other
   */
  void run() throws ExecutionException, InterruptedException {
    HakAllocator allocator = compose();
    DrawnCall call = new DrawnCall(allocator);
    Scarcity chosen = scarcity(call);
    scarcity = chosen;
    Model held = new Model(allocator, handover, random.split(), most);
    model = held;
    try {
      shift(allocator, held, call, plenty);
      for (int i = 0; i < SHIFTS; i++) {
        shift(allocator, held, call, chosen);
      }
      lookAtTheEnd(allocator, held);
      close(allocator, held, call, chosen);
    } finally {
      chosen.end();
    }
  }

  private HakAllocator compose() {
    Map<String, String> values = new LinkedHashMap<>(choice.values());
    return switch (scarce) {
      case STACK -> choice.compose();
      case HEAP -> {
        // They walk the stack, where the JDK tries again and again while weak references are lost.
        values.remove("HAKMEM_CHECKS", "full");
        values.remove("HAKMEM_LEAK_SAMPLE_EVERY");
        yield Gates.Choice.compose(builder(values));
      }
      case OBJECT -> {
        values.putIfAbsent("HAKMEM_HEAP_EMPTY_PAGES", "1"); // Pages come and go.
        yield Gates.Choice.compose(builder(values));
      }
      case SOURCE -> {
        values.putIfAbsent("HAKMEM_COMMIT_BYTES", "256KiB"); // So that there are many calls.
        values.putIfAbsent("HAKMEM_REGION_BYTES", "1MiB");
        values.putIfAbsent("HAKMEM_LARGE_MAPPING_BYTES", "1MiB");
        values.putIfAbsent("HAKMEM_HUGE_PAGES_FROM", "0");
        FailingSource failing = new FailingSource(fault);
        source = failing;
        yield Gates.Choice.compose(builder(values).pageSource(failing));
      }
      case BOX -> {
        values.putIfAbsent("HAKMEM_HEAP_EMPTY_PAGES", "1"); // Pages come and go.
        yield Gates.Choice.compose(
            builder(values).box(FailingBox.provider(fault, random.nextBoolean())));
      }
    };
  }

  private HakAllocator.Builder builder(Map<String, String> values) {
    return new Gates.Choice(choice.profile(), values).builder();
  }

  private Scarcity scarcity(DrawnCall call) {
    return switch (scarce) {
      case STACK -> new StackEnd(random.split(), call);
      case HEAP -> new HeapEnd(random.split());
      case OBJECT -> new ObjectEnd(random.split());
      case SOURCE, BOX -> new Injection(fault, random.split());
    };
  }

  /** Some calls by a thread that ends then, and leaves its blocks to the next one. */
  private void shift(HakAllocator allocator, Model held, DrawnCall call, Scarcity how)
      throws ExecutionException, InterruptedException {
    ends = false;
    FutureTask<Player> others = new FutureTask<>(() -> others(allocator, beside));
    Thread second = new Thread(others, "beside");
    second.setDaemon(true);
    second.start();
    if (!beside) {
      inherit(second, others, held);
    }
    runAtTheEnd(() -> calls(held, call, how), how);
    ends = true;
    if (beside) {
      inherit(second, others, held);
    }
    held.look();
    held.lookAtLiveBytes();
  }

  /** Takes over what another thread had, when it has ended. */
  private void inherit(Thread thread, FutureTask<Player> task, Model held)
      throws ExecutionException, InterruptedException {
    Waiting.forEnd(thread, () -> steps);
    Player player = task.get();
    players.add(player);
    held.inherit(player.held());
    held.inheritHandover();
  }

  private Player others(HakAllocator allocator, boolean goesOn) throws InterruptedException {
    Player player =
        new Player(
            allocator,
            handover,
            random.nextLong(),
            MOST_HELD_BY_OTHERS,
            allocator.composition().blocks(),
            false);
    player.play(CALLS_OF_OTHERS);
    while (goesOn && !ends) {
      player.play(PART);
      Thread.sleep(1);
    }
    return player;
  }

  private void runAtTheEnd(Runnable calls, Scarcity how)
      throws ExecutionException, InterruptedException {
    FutureTask<Boolean> task = new FutureTask<>(calls, true);
    long stackBytes = how instanceof StackEnd ? StackEnd.STACK_BYTES : 0;
    Thread thread = new Thread(null, task, "cut off", stackBytes);
    thread.setDaemon(true);
    thread.start();
    Waiting.forEnd(thread, () -> steps);
    task.get();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time counts.
  private void calls(Model held, DrawnCall call, Scarcity how) {
    List<Kind> kinds = how instanceof Plenty ? List.of(Kind.values()) : List.of();
    int most = callsOfAShift(how);
    for (int i = 0; i < most; i++) {
      if (i < kinds.size() && kinds.get(i) != Kind.CLOSE) {
        held.draw(kinds.get(i), call);
      } else {
        held.draw(call);
      }
      held.checkDrawn(call);
      how.exhaust(call);
      held.settle(call);
      steps++;
      if (beside && random.nextInt(EXCHANGE_ONE_IN) == 0) {
        held.exchange();
      }
      if (i % LOOK_EVERY == LOOK_EVERY - 1) {
        held.look();
      }
      if (!beside && call.cutBy != null && random.nextInt(LOOK_AT_LIVE_ONE_IN) == 0) {
        lookAtLiveBytes(held, call);
      }
    }
    held.arenas().close(random.nextBoolean());
  }

  private static int callsOfAShift(Scarcity how) {
    return switch (how) {
      case HeapEnd slow -> CALLS_AT_THE_HEAP_END;
      case ObjectEnd fast -> CALLS_WITH_FEW_OBJECTS;
      case Injection fast -> CALLS_BESIDE_INJECTIONS;
      default -> CALLS_OF_A_SHIFT;
    };
  }

  private static void lookAtLiveBytes(Model held, DrawnCall call) {
    try {
      held.lookAtLiveBytes();
    } catch (IllegalStateException wrong) {
      throw new IllegalStateException(
          wrong.getMessage() + " after " + call + " was cut off", call.cutBy);
    }
  }

  private void lookAtTheEnd(HakAllocator allocator, Model held) {
    if (leavesBlocks && !allocator.composition().blocks().leaksReported()) {
      return;
    }
    long refused = players.stream().mapToLong(Player::refused).sum();
    Stats before = allocator.stats();
    Model.require(
        before.refusedFrees() == refused,
        "%d frees were refused, the figures say %d".formatted(refused, before.refusedFrees()));
    held.arenas().close(true);
    held.freeAll();
    allocator.trim();
    allocator.checkInvariants();
    Stats stats = allocator.stats();
    Model.require(stats.liveBytes() == 0, stats.liveBytes() + " B live at the end");
    Model.require(
        stats.committedBytes() == 0,
        stats.committedBytes() + " B committed at the end, " + stats.boxes());
    Model.require(
        stats.allocations() == stats.frees(),
        "%d allocations, %d frees".formatted(stats.allocations(), stats.frees()));
  }

  private void close(HakAllocator allocator, Model held, DrawnCall call, Scarcity how)
      throws ExecutionException, InterruptedException {
    held.draw(Kind.CLOSE, call);
    call.kind = Kind.CLOSE;
    runAtTheEnd(
        () -> {
          how.exhaust(call);
          held.settle(call);
        },
        how);
    held.arenas().close(true);
    allocator.close();
    Stats stats = allocator.stats();
    Model.require(stats.committedBytes() == 0, stats.committedBytes() + " B after close");
    Model.require(stats.reservedBytes() == 0, stats.reservedBytes() + " B reserved after close");
    Model.require(source == null || source.regionCount() == 0, "regions after close");
  }
}
