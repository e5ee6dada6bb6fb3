package io.hakmem;

import io.hakmem.arena.Arenas;
import io.hakmem.compose.Composer;
import io.hakmem.compose.Parts;
import io.hakmem.compose.Wanted;
import io.hakmem.engine.Contents;
import io.hakmem.engine.Engine;
import io.hakmem.gate.Checks;
import io.hakmem.gate.PageSourceKind;
import io.hakmem.gate.Profile;
import io.hakmem.gate.ZeroMode;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.StackRoom;
import io.hakmem.jmx.AllocatorBean;
import io.hakmem.jmx.Registration;
import io.hakmem.rehearsal.Rehearsal;
import io.hakmem.settings.CoreGates;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.thread.HeapTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Allocates native memory from a composition of boxes. Any thread may call any method; a block may
 * be freed by another thread than the one that allocated it.
 *
 * <p>Whoever builds an allocator closes it. One that is collected without a close is reported once
 * in the log, at WARN. Its memory stays taken until the JVM ends: addresses and segments of it may
 * still be in use.
 */
public abstract class HakAllocator implements NativeAllocator {

  private final Engine engine;
  final Contents contents;
  final HeapTable heaps;
  final FreePath frees;
  final long zeroedBytes;
  private final @Nullable Registration bean;
  private final Arenas arenas;
  private final View view;
  private final Segments segments;

  HakAllocator(Parts parts) {
    this.engine = new Engine(parts);
    this.segments = new Segments(this, engine.contents());
    this.contents = engine.contents();
    this.heaps = engine.heaps();
    this.frees = engine.frees();
    this.zeroedBytes = parts.zeroedBytes();
    this.arenas = new Arenas(engine, parts.arenaPages(), parts.title());
    engine.whenPurging(arenas::purge);
    this.view = new View(parts, engine, arenas);
    String named = parts.beanName(); // If it is null, no class of management is loaded.
    this.bean =
        named == null ? null : Registration.of(new AllocatorBean(view, parts.recorder()), named);
  }

  /** Collects gates; the environment and the system properties stand behind it. */
  public static Builder builder() {
    return new Builder();
  }

  /** An allocator composed from the environment and the system properties. */
  public static HakAllocator create() {
    return builder().build();
  }

  /**
   * The allocator of the process, for code that has no place to keep one. It is made by the first
   * call, from the environment and the system properties, and stays open until the JVM ends: a
   * {@link #close} of it does nothing. Any thread may call this.
   *
   * @throws SettingsException like {@link Builder#build}; the next call tries again
   */
  public static HakAllocator shared() {
    return SharedAllocator.get();
  }

  @Override
  public abstract long allocate(long bytes);

  abstract long allocate(LocalHeap heap, long bytes);

  @Override
  public abstract long allocateZeroed(long bytes);

  @Override
  public abstract void free(long address);

  final long alignedSlow(long bytes, long alignment) {
    return engine.allocateAlignedSlow(bytes, alignment, zeroedBytes);
  }

  long allocateZeroed(long bytes, long alignment) {
    return engine.allocateAlignedSlow(bytes, alignment, Long.MAX_VALUE);
  }

  @Override
  public long reallocate(long address, long bytes) {
    Engine.requireSize(bytes);
    return engine.reallocations().reallocate(address, bytes);
  }

  @Override
  public void freeSized(long address, long bytes) {
    engine.freeSized(address, bytes);
  }

  /**
   * Blocks that nobody freed yet, by the place that allocated them, the most bytes first: all with
   * {@code HAKMEM_CHECKS=full}, samples with {@code HAKMEM_LEAK_SAMPLE_EVERY}, else none. Any
   * thread may ask, also after the close.
   *
   * @param age how old they must be at least; any duration is a valid question
   */
  public List<Leak> leaks(Duration age) {
    return view.leaks(Objects.requireNonNull(age, "age"));
  }

  @Override
  public long usableSize(long address) {
    return contents.usableBytes(address);
  }

  @Override
  public boolean owns(long address) {
    return engine.owns(address);
  }

  @Override
  public MemorySegment segment(long bytes) {
    return segments.of(bytes, 1, bytes, false);
  }

  @Override
  public MemorySegment segment(long bytes, long alignment) {
    return segments.of(bytes, alignment, bytes, false);
  }

  @Override
  public MemorySegment zeroedSegment(long bytes, long alignment) {
    return segments.of(bytes, alignment, bytes, true);
  }

  @Override
  public MemorySegment zeroedSegment(MemoryLayout layout) {
    long bytes = Objects.requireNonNull(layout, "layout").byteSize();
    return segments.of(Math.max(1, bytes), layout.byteAlignment(), bytes, true);
  }

  @Override
  public SegmentAllocator segmentAllocator() {
    return segments;
  }

  @Override
  public ByteBuffer buffer(int bytes) {
    return segments.buffer(bytes, false);
  }

  @Override
  public ByteBuffer zeroedBuffer(int bytes) {
    return segments.buffer(bytes, true);
  }

  @Override
  public MemorySegment blockAt(long address) {
    return contents.usable(address);
  }

  @Override
  public Arena arena() {
    return arenas.confined();
  }

  @Override
  public Arena sharedArena() {
    return arenas.shared();
  }

  /** The calling thread's heap; refused with {@link AllocatorClosedException} after the close. */
  public Heap heap() {
    return new Heap(this, engine.ownHeap());
  }

  @Override
  public Stats stats() {
    return view.stats();
  }

  @Override
  public long committedBytes() {
    return engine.committedBytes();
  }

  @Override
  public long liveBytes() {
    return engine.stats().liveBytes();
  }

  /** Lines that gates of the boxes ask for, in a form that tools may read; any thread. */
  public List<String> boxLines() {
    return engine.boxLines();
  }

  @Override
  public long trim() {
    return view.trim();
  }

  @Override
  public void collect() {
    arenas.trim();
    engine.collect();
  }

  /**
   * Checks the structures behind the calling thread's heap and the supply of pages. It takes as
   * long as there are pages, and is for tests and for the search for a fault.
   *
   * @throws IllegalStateException naming the first invariant that does not hold
   * @throws AllocatorClosedException after {@link #close}
   */
  public void checkInvariants() {
    engine.checkInvariants();
  }

  /** The {@link #composition} as text for people, a part a line. */
  public String describe() {
    return view.composition();
  }

  /** The parts, classes and gates of this allocator; any thread may ask, also after the close. */
  public Composition composition() {
    return view.parts();
  }

  /**
   * Gives everything back, as {@link NativeAllocator#close} says; of the {@link #shared} allocator
   * it does nothing.
   */
  @Override
  public void close() {
    if (SharedAllocator.is(this)) {
      return;
    }
    engine.requireOutsideSource();
    view.closing();
    if (bean != null) {
      StackRoom.requireForRehearsal(); // The JDK's locks can be lost when the stack ends inside.
      bean.close();
    }
    arenas.close();
    engine.close();
  }

  /**
   * What the program sets; it wins over every other source. A value that is not accepted is refused
   * by {@link #build}, or by the call that says so, with a {@link SettingsException} that names the
   * builder as its origin. For one thread.
   */
  public static final class Builder {

    private final Wanted wanted = new Wanted();

    private Builder() {}

    /** Presets gates by a profile's name, in any case. */
    public Builder profile(String name) {
      return set(CoreGates.PROFILE.name(), Objects.requireNonNull(name, "name"));
    }

    /**
     * Presets gates by a profile, one of {@link io.hakmem.gate.Profiles} or the program's own.
     *
     * @param profile of a name that no other profile has: else {@link #build} is refused
     */
    public Builder profile(Profile profile) {
      wanted.profile(Objects.requireNonNull(profile, "profile"));
      return profile(profile.name());
    }

    /** The most memory that the allocator may hold, in bytes; 0 sets no limit. */
    public Builder memoryLimit(long bytes) {
      return set(CoreGates.MEMORY_LIMIT.name(), Long.toString(bytes));
    }

    /**
     * The allocator's name in messages and in the log, and of its JMX bean if it has one. White
     * space around it is dropped; in messages, what would end a line is written as its code.
     */
    public Builder name(String name) {
      return set(CoreGates.JMX_NAME.name(), Objects.requireNonNull(name, "name"));
    }

    /** How much of what callers hand in is checked. */
    public Builder checks(Checks checks) {
      return set(
          CoreGates.CHECKS.name(),
          CoreGates.CHECKS.format(Objects.requireNonNull(checks, "checks")));
    }

    /** What is cleared before a block is handed out. */
    public Builder zeroMode(ZeroMode mode) {
      return set(
          CoreGates.ZERO_MODE.name(),
          CoreGates.ZERO_MODE.format(Objects.requireNonNull(mode, "mode")));
    }

    /**
     * How long memory must be unused before it goes back to the system, in up to twice that time.
     *
     * @param time 0 or more, rounded up to whole milliseconds
     * @throws SettingsException if it is negative, or more milliseconds than a long holds
     */
    public Builder decay(Duration time) {
      return set(
          CoreGates.DECAY_MS.name(), Wanted.milliseconds(Objects.requireNonNull(time, "time")));
    }

    /** Where memory comes from. */
    public Builder pageSource(PageSourceKind kind) {
      return set(
          CoreGates.PAGE_SOURCE.name(),
          CoreGates.PAGE_SOURCE.format(Objects.requireNonNull(kind, "kind")));
    }

    /**
     * Takes memory from a source of the program in place of the one that a gate names.
     *
     * @param source for one allocator, which closes it, and which it must not call; where {@link
     *     #build} throws, the program closes it
     */
    public Builder pageSource(PageSource source) {
      wanted.source(Objects.requireNonNull(source, "source"));
      return this;
    }

    /**
     * Registers a JMX bean, {@code io.hakmem:type=HakAllocator,name=} and the name, until the
     * allocator is closed. If another allocator of the JVM has the name, a number is added to it.
     * Any name is accepted: one with special characters is quoted.
     */
    public Builder jmx(String name) {
      return set(CoreGates.JMX_ENABLED.name(), "1").name(name);
    }

    /** Sets a gate, by either spelling. */
    public Builder set(String gate, String value) {
      wanted.set(Objects.requireNonNull(gate, "gate"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /** Makes the allocator share the budget's limit, beside its own one if it has one. */
    public Builder budget(MemoryBudget budget) {
      wanted.shared(Objects.requireNonNull(budget, "budget").shared());
      return this;
    }

    /**
     * Adds a box that no service file names, with its gates and profiles.
     *
     * @param provider of a name that no other box has: else {@link #build} is refused
     */
    public Builder box(PoolBoxProvider provider) {
      wanted.box(Objects.requireNonNull(provider, "provider"));
      return this;
    }

    /**
     * Composes the allocator.
     *
     * @throws SettingsException if a gate or value is not accepted
     * @throws BoxFailedException if a box is not what its contract says
     * @throws IllegalStateException if a needed module is absent
     */
    public HakAllocator build() {
      StackRoom.requireForRehearsal(); // Settings are read with classes of the JDK, too.
      Parts parts = Composer.compose(wanted);
      if (parts.beanName() != null) {
        StackRoom.requireForFirstUse();
      }
      Rehearsal.once(parts.checks(), checks -> new Engine(Composer.bare(checks)));
      HakAllocator made = OwnAllocator.of(parts);
      made.view.watch(made);
      return made;
    }
  }
}
