package io.hakmem.fuzz.errors;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.Stats;
import io.hakmem.fuzz.Handover;
import io.hakmem.fuzz.Held;
import io.hakmem.fuzz.Marks;
import io.hakmem.fuzz.errors.DrawnCall.Kind;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.SplittableRandom;

/** Draws calls, and knows what must have come of them. Only one thread at a time uses it. */
final class Model {

  private static final int MOST_OTHERS = 1_000;
  private static final long OWN_MAPPING_BYTES = 32 << 20;
  private static final long MOST_HELD_BYTES = 256 << 20;
  private static final int WEIGHTS = weights();

  private final HakAllocator allocator;
  private final Composition.Blocks promised;
  private final SplittableRandom random;
  private final Marks marks;
  private final Handover handover;
  private final int most;
  private final Held held;
  private final OpenArenas arenas;
  private long heldBytes;
  private long outOfMemory;

  /**
   * Of an allocator.
   *
   * @param most blocks that it allocates, beside those that others hand over
   */
  Model(HakAllocator allocator, Handover handover, SplittableRandom random, int most) {
    this.allocator = allocator;
    this.promised = allocator.composition().blocks();
    this.random = random;
    this.marks = new Marks(allocator, promised.clearedBytes());
    this.handover = handover;
    this.most = most;
    this.held = new Held(most + MOST_OTHERS);
    this.arenas = new OpenArenas(random);
  }

  private static int weights() {
    int sum = 0;
    for (Kind kind : Kind.values()) {
      sum += kind.weight;
    }
    return sum;
  }

  long outOfMemory() {
    return outOfMemory;
  }

  OpenArenas arenas() {
    return arenas;
  }

  /** Draws one of all kinds. */
  void draw(DrawnCall call) {
    int dice = random.nextInt(WEIGHTS);
    Kind drawn = Kind.ALLOCATE;
    for (Kind kind : Kind.values()) {
      if (dice >= 0 && dice < kind.weight) {
        drawn = kind;
      }
      dice -= kind.weight;
    }
    draw(drawn, call);
  }

  /** Draws the arguments; another kind is drawn if there is nothing to call it with. */
  void draw(Kind asked, DrawnCall call) {
    Kind kind = asked;
    if (held.count() >= most || heldBytes > MOST_HELD_BYTES) {
      kind = kind.takesBlock() || kind.takesArena() ? kind : Kind.FREE;
    }
    if (kind.takesBlock() && held.count() == 0) {
      kind = Kind.ALLOCATE;
    }
    if (kind.takesArena() && arenas.isEmpty()) {
      kind = Kind.OPEN_CONFINED;
    }
    if ((kind == Kind.OPEN_CONFINED || kind == Kind.OPEN_SHARED) && arenas.isFull()) {
      kind = Kind.ARENA_CLOSE;
    }
    call.clear();
    call.kind = kind;
    call.at = held.count() == 0 ? 0 : random.nextInt(held.count());
    call.block = held.count() == 0 ? 0 : held.address(call.at);
    call.blockBytes = held.count() == 0 ? 0 : held.size(call.at);
    call.bytes = kind == Kind.ARENA_ALLOCATE ? arenaSize() : size();
    call.alignment = 1L << random.nextInt(random.nextInt(10) == 0 ? 21 : 13);
    call.arena = arenas.any();
  }

  private long size() {
    int dice = random.nextInt(1_000);
    if (dice < 600) {
      return 1L + random.nextInt(2_000);
    }
    if (dice < 900) {
      return 1L + random.nextInt(70_000);
    }
    return dice < 990
        ? (64 << 10) + random.nextInt(3 << 20)
        : OWN_MAPPING_BYTES + random.nextInt(4 << 20);
  }

  private long arenaSize() {
    return 1L + random.nextInt(random.nextInt(8) == 0 ? 300_000 : 3_000);
  }

  /** Looks at what came of the call, and remembers it. */
  void settle(DrawnCall call) {
    if (!call.over) {
      throw new IllegalStateException("never done: " + call, call.cutBy);
    }
    if (call.kind.takesBlock()) {
      settleBlock(call);
    } else if (isDone(call)) {
      settleNew(call);
    }
  }

  private boolean isDone(DrawnCall call) {
    Throwable thrown = call.thrown;
    if (thrown == null) {
      return true;
    }
    if (thrown instanceof OutOfNativeMemoryException) {
      outOfMemory++;
      return false;
    }
    if (call.kind == Kind.ARENA_CLOSE && isEnded(call)) {
      return true; // By a call before it that was cut off.
    }
    if (call.cutBy != null) {
      thrown.addSuppressed(call.cutBy);
    }
    throw new IllegalStateException("after it was cut off or not: " + call, thrown);
  }

  private static boolean isEnded(DrawnCall call) {
    return call.arena != null && !call.arena.scope().isAlive();
  }

  private void settleNew(DrawnCall call) {
    long address = call.address;
    switch (call.kind) {
      case ALLOCATE, HEAP_ALLOCATE -> add(marks.cleared(address, call.bytes), call.bytes);
      case ALLOCATE_ZEROED -> add(marks.allCleared(address, call.bytes), call.bytes);
      case ALLOCATE_ALIGNED -> {
        require(address % call.alignment == 0, "alignment of " + call);
        add(marks.cleared(address, call.bytes), call.bytes);
      }
      case SEGMENT, BUFFER -> add(marks.cleared(begin(call), call.bytes), call.bytes);
      case SEGMENT_ZEROED -> add(marks.allCleared(begin(call), call.bytes), call.bytes);
      case SEGMENT_ALIGNED -> {
        require(begin(call) % call.alignment == 0, "alignment of " + call);
        add(marks.cleared(begin(call), call.bytes), call.bytes);
      }
      case OPEN_CONFINED, OPEN_SHARED ->
          arenas.opened(Objects.requireNonNull(call.opened), call.kind == Kind.OPEN_CONFINED);
      case ARENA_ALLOCATE -> {
        MemorySegment memory = Objects.requireNonNull(call.segment);
        require(memory.address() % call.alignment == 0, "alignment of " + call);
        arenas.allocated(Objects.requireNonNull(call.arena), memory);
      }
      case ARENA_CLOSE -> arenas.closed(Objects.requireNonNull(call.arena));
      default -> {} // Nothing came of it.
    }
  }

  private static long begin(DrawnCall call) {
    MemorySegment begun = call.buffer == null ? call.segment : MemorySegment.ofBuffer(call.buffer);
    return Objects.requireNonNull(begun).address();
  }

  private void settleBlock(DrawnCall call) {
    boolean done = isDone(call);
    if (call.kind == Kind.REALLOCATE && done) {
      long mark = held.mark(call.at);
      remove(call.at);
      marks.checkMoved(call.address, call.blockBytes, call.bytes, mark);
      add(call.address, call.bytes);
    } else if (done && call.kind.freesBlock()) {
      remove(call.at);
    } else {
      require(
          call.segment == null || isWithin(call.segment, call.block, call.blockBytes),
          "segment of " + call);
      marks.check(call.block, call.blockBytes, held.mark(call.at));
    }
  }

  private static boolean isWithin(MemorySegment whole, long address, long bytes) {
    return whole.address() == address && whole.byteSize() >= bytes;
  }

  private void add(long address, long bytes) {
    held.add(address, bytes, marks.write(address, bytes, random), true);
    heldBytes += bytes;
  }

  private void remove(int at) {
    heldBytes -= held.size(at);
    held.remove(at);
  }

  /** Looks at a block that is about to be freed or resized, before its call is cut off. */
  void checkDrawn(DrawnCall call) {
    if (call.kind.takesBlock()) {
      marks.check(call.block, call.blockBytes, held.mark(call.at));
    }
  }

  /** Gives a block to others, or takes one of theirs. */
  void exchange() {
    int slot = random.nextInt();
    if (random.nextBoolean() && held.count() > 0) {
      int at = random.nextInt(held.count());
      long bytes = held.size(at);
      heldBytes -= handover.put(slot, held, at) ? bytes : 0;
    } else if (held.count() < most && handover.take(slot, held)) {
      heldBytes += held.size(held.count() - 1);
    }
  }

  /** Takes over what others held who have ended; what is too much is freed. */
  void inherit(Held others) {
    while (others.count() > 0) {
      int last = others.count() - 1;
      long bytes = others.size(last);
      marks.check(others.address(last), bytes, others.mark(last));
      if (held.isFull()) {
        allocator.free(others.address(last));
      } else {
        held.add(others.address(last), bytes, others.mark(last), false);
        heldBytes += bytes;
      }
      others.remove(last);
    }
  }

  /** Takes all that nobody took, of others who have ended. */
  void inheritHandover() {
    Held left = new Held(handover.slots());
    for (int slot = 0; slot < handover.slots(); slot++) {
      handover.take(slot, left);
    }
    inherit(left);
  }

  /** Looks at all contents, and at the structures below. */
  void look() {
    for (int i = 0; i < held.count(); i++) {
      marks.check(held.address(i), held.size(i), held.mark(i));
    }
    arenas.check();
    allocator.checkInvariants();
  }

  /** Compares the live bytes, if nobody else has blocks; full checks keep more of them live. */
  void lookAtLiveBytes() {
    if (promised.allWatched()) {
      return;
    }
    allocator.trim();
    long expected = 0;
    for (int i = 0; i < held.count(); i++) {
      expected += allocator.usableSize(held.address(i));
    }
    Stats stats = allocator.stats();
    long live = stats.liveBytes();
    for (Stats.Box box : stats.boxes()) {
      live -= !arenas.isEmpty() && box.name().equals("arenas") ? box.liveBytes() : 0;
    }
    require(live == expected, "%d B are live, but %d are held".formatted(live, expected));
  }

  /** Frees all of it. */
  void freeAll() {
    while (held.count() > 0) {
      int last = held.count() - 1;
      marks.check(held.address(last), held.size(last), held.mark(last));
      allocator.free(held.address(last));
      remove(last);
    }
  }

  static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalStateException("wrong: " + what);
    }
  }
}
