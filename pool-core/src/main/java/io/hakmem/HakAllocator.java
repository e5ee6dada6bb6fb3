package io.hakmem;

import io.hakmem.arena.Arenas;
import io.hakmem.compose.Composer;
import io.hakmem.compose.Parts;
import io.hakmem.engine.Contents;
import io.hakmem.engine.Engine;
import io.hakmem.heap.FreePath;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.StackRoom;
import io.hakmem.jmx.AllocatorBean;
import io.hakmem.jmx.Registration;
import io.hakmem.rehearsal.Rehearsal;
import io.hakmem.spi.PageSource;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.supply.SharedLimit;
import io.hakmem.thread.HeapTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Allocates native memory from a composition of boxes. Any thread may call any method; a block may
 * be freed by another thread than the one that allocated it.
 */
public abstract class HakAllocator implements AutoCloseable {

  private final Composition composition;
  private final Engine engine;
  final Contents contents;
  final HeapTable heaps;
  final FreePath frees;
  final long zeroedBytes;
  private final @Nullable Registration bean;
  private final Arenas arenas;

  HakAllocator(Parts parts) {
    this.composition = parts.composition();
    this.engine = new Engine(parts);
    this.contents = engine.contents();
    this.heaps = engine.heaps();
    this.frees = engine.frees();
    this.zeroedBytes = parts.zeroedBytes();
    AllocatorBean told =
        new AllocatorBean(this::describe, this::stats, this::trim, parts.recorder());
    this.bean = Registration.ofNamed(told, parts.beanName());
    this.arenas = new Arenas(engine, parts.arenaPages());
    engine.whenPurging(arenas::purge);
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
   * A block of at least the given bytes, aligned to 16.
   *
   * <p>Its contents are as {@code HAKMEM_POOL_ZERO_MODE} says: with {@code full} all of its {@link
   * #usableSize usable} bytes are zeros, with {@code header} the first 16 of them, with {@code off}
   * none is promised to be. This holds for every block that a caller gets, by whatever call.
   *
   * @param bytes 1 or more
   * @return the address
   * @throws IllegalArgumentException if bytes is below 1
   * @throws OutOfNativeMemoryException if the limit or the system refuses; nothing is lost then
   * @throws AllocatorClosedException after {@link #close}
   */
  public abstract long allocate(long bytes);

  abstract long allocate(LocalHeap heap, long bytes);

  /**
   * A block at a multiple of the alignment.
   *
   * @param alignment a power of two
   * @throws IllegalArgumentException if bytes is below 1 or alignment is no power of two
   * @throws OutOfNativeMemoryException like {@link #allocate(long)}
   */
  public long allocate(long bytes, long alignment) {
    return engine.allocateAligned(bytes, alignment, zeroedBytes);
  }

  /** Like {@link #allocate(long)}, with all usable bytes zeroed in every zero mode. */
  public abstract long allocateZeroed(long bytes);

  /**
   * A block of the new size with the old contents, as far as both reach; the old block is freed. It
   * stays in its place if the new size is at most its usable size and more than half of it, and
   * then no byte changes: bytes that nobody wrote are what they were when the block was handed out.
   * Else it moves, and what lies behind the old contents is what {@link #allocate(long)} promises.
   * If the call throws anything, the old block is live and there is no other.
   *
   * @param address a live block
   * @throws BlockDamagedException with full checks, if bytes behind the block were overwritten
   * @throws InvalidFreeException if the address is no live block
   * @throws OutOfNativeMemoryException like {@link #allocate(long)}; the old block stays live
   */
  public long reallocate(long address, long bytes) {
    Engine.requireSize(bytes);
    return engine.reallocations().reallocate(address, bytes);
  }

  /**
   * Takes a block back. An address that was freed and then handed out again is a live block, which
   * this takes back whoever holds it.
   *
   * @throws InvalidFreeException if no live block begins at the address, since it is foreign,
   *     inside a block or already free; nothing changes then
   * @throws AllocatorClosedException after {@link #close}
   */
  public abstract void free(long address);

  /**
   * Takes a block back of which the caller knows the size. With {@code HAKMEM_CHECKS=full} another
   * size than the one that was asked for is refused; else it is not looked at.
   *
   * @throws InvalidFreeException like {@link #free(long)}, or because of the size; nothing changes
   * @throws AllocatorClosedException after {@link #close}
   */
  public void free(long address, long bytes) {
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
    Rehearsal.ofRecords();
    return engine.leaks(Objects.requireNonNull(age, "age"));
  }

  /**
   * Bytes of the block that may be used: all it has, with full checks those that were asked for.
   *
   * @throws InvalidFreeException if the address is no live block
   */
  public long usableSize(long address) {
    return contents.usableBytes(address);
  }

  /** Whether the address lies in memory of this allocator; any long is a valid question. */
  public boolean owns(long address) {
    return engine.owns(address);
  }

  /**
   * A new block as a segment of exactly the given bytes; free its address to give it back. The
   * segment does not end with its block: after the free it shows what the memory holds then, which
   * may be another caller's block. Neither reading nor writing it crashes while the allocator is
   * open, and afterwards both throw {@link IllegalStateException}. For a segment that ends with its
   * block use an {@link #arena} of its own.
   */
  public MemorySegment segment(long bytes) {
    LocalHeap heap = heaps.current();
    boolean isOwn = contents.requireUndo(heap);
    long address = allocate(heap, bytes);
    try {
      return blockAt(address).asSlice(0, bytes);
    } catch (Throwable thrown) {
      heap.undone = isOwn ? address : 0; // No call yet: it may find no room.
      contents.undo(heap, address);
      throw thrown;
    }
  }

  /**
   * A live block as a segment of its usable size, for what {@link #reallocate} and the other raw
   * calls return. Like that of {@link #segment}, it does not end with its block.
   *
   * @throws InvalidFreeException if the address is no live block
   */
  public MemorySegment blockAt(long address) {
    return contents.usable(address);
  }

  /**
   * A new arena for the calling thread alone, as {@link Arena#ofConfined}, over pages of this
   * allocator: what it allocates is zeroed in every zero mode, and its close gives all of it back.
   * Any thread may call this; the arena itself throws {@link WrongThreadException} elsewhere.
   *
   * <p>An arena that is dropped without a close keeps its memory, like one of the JDK. An arena may
   * be closed after its allocator: until then its segments stay usable and their pages mapped, and
   * what it is asked to allocate beyond the memory that it has already is refused with {@link
   * AllocatorClosedException}. No call that takes an address of a block accepts one inside of an
   * arena's memory.
   *
   * <p>If an error of the JVM, such as {@link StackOverflowError}, breaks off the close of an
   * arena, another close goes on there.
   *
   * @return an arena that throws what the specification of {@link Arena} says, and {@link
   *     OutOfNativeMemoryException} like {@link #allocate(long)}
   * @throws UnsupportedOperationException if native access is not enabled for {@code
   *     io.hakmem.core}, since the JVM would warn; the text names the option
   * @throws OutOfNativeMemoryException if the limit or the system refuses the first memory
   * @throws AllocatorClosedException after {@link #close}
   */
  public Arena arena() {
    return arenas.confined();
  }

  /**
   * A new arena for all threads, as {@link Arena#ofShared}; in all else like {@link #arena}. Its
   * close stops every thread for a moment, once and not for each segment.
   *
   * @throws UnsupportedOperationException like {@link #arena}
   * @throws AllocatorClosedException after {@link #close}
   */
  public Arena sharedArena() {
    return arenas.shared();
  }

  /** The calling thread's heap. */
  public Heap heap() {
    return new Heap(this, engine.ownHeap());
  }

  /**
   * Figures of the moment. Any thread may ask; it takes longer the more pages there are. After
   * {@link #close} nothing is reserved or committed, and the counts stay.
   */
  public Stats stats() {
    Rehearsal.ofRecords();
    return engine.stats();
  }

  /** Bytes of memory that the allocator has from the system now; any thread, at any time, quick. */
  public long committedBytes() {
    return engine.committedBytes();
  }

  /** Bytes of blocks that are with callers; any thread. It looks at every page. */
  public long liveBytes() {
    return engine.stats().liveBytes();
  }

  /** Lines of statistics that gates of the boxes ask for, in a form that tools may read. */
  public List<String> statistics() {
    return engine.statistics();
  }

  /**
   * Gives unused memory back to the system: that of the calling thread, of virtual threads, of
   * threads that have ended, and of those that wait; returns the bytes. A thread that computes
   * without ever waiting keeps what it has until it calls the allocator.
   */
  public long trim() {
    arenas.trim();
    return engine.trim();
  }

  /**
   * Gives back what the calling thread keeps and does not use, and what the allocator did not use
   * for a while; for programs that turned the purge thread off, to be called from a timer. It is
   * quick if there is nothing to give back.
   *
   * @throws AllocatorClosedException after {@link #close}
   */
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
    Rehearsal.ofRecords();
    return composition.toString();
  }

  /** The parts, classes and gates of this allocator; any thread may ask, also after the close. */
  public Composition composition() {
    Rehearsal.ofRecords();
    return composition;
  }

  /**
   * Gives everything back; addresses are dead from now on. Idempotent: another call goes on where
   * an error broke this one off. Pages that open arenas use stay until their arenas close, the last
   * of which gives back the rest.
   *
   * @throws IllegalStateException if native calls are using blocks right now; everything else is
   *     given back, and another call gives back the rest
   */
  @Override
  public void close() {
    engine.requireOutsideSource();
    if (bean != null) {
      StackRoom.requireForRehearsal(); // The JDK's locks can be lost when the stack ends inside.
      bean.close();
    }
    arenas.close();
    engine.close();
  }

  /** Gates set by the program; they win over every other source. */
  public static final class Builder {

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<PoolBoxProvider> boxes = new ArrayList<>();
    private @Nullable PageSource source;
    private SharedLimit shared = SharedLimit.none();

    private Builder() {}

    /** Presets gates by a profile's name. */
    public Builder profile(String name) {
      return set("HAKMEM_PROFILE", Objects.requireNonNull(name, "name"));
    }

    /**
     * Registers a JMX bean, {@code io.hakmem:type=HakAllocator,name=} and the name, until the
     * allocator is closed. If another allocator of the JVM has the name, a number is added to it.
     * Any name is accepted: one with special characters is quoted.
     */
    public Builder jmx(String name) {
      Objects.requireNonNull(name, "name");
      return set("HAKMEM_JMX_ENABLED", "1").set("HAKMEM_JMX_NAME", name);
    }

    /** Sets a gate, by either spelling. */
    public Builder set(String gate, String value) {
      values.put(Objects.requireNonNull(gate, "gate"), Objects.requireNonNull(value, "value"));
      return this;
    }

    /** Makes the allocator share the budget's limit, beside its own one if it has one. */
    public Builder budget(MemoryBudget budget) {
      shared = Objects.requireNonNull(budget, "budget").shared();
      return this;
    }

    /**
     * Takes memory from a source of the program in place of the one that a gate names.
     *
     * @param source for one allocator, which closes it, and which it must not call
     */
    public Builder pageSource(PageSource source) {
      this.source = Objects.requireNonNull(source, "source");
      return this;
    }

    /**
     * Adds a box that no service file names, with its gates and profiles.
     *
     * @param provider of a name that no other box has: else {@link #build} is refused
     */
    public Builder box(PoolBoxProvider provider) {
      boxes.add(Objects.requireNonNull(provider, "provider"));
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
      Parts parts = Composer.compose(values, source, shared, boxes);
      if (parts.beanName() != null) {
        StackRoom.requireForFirstUse();
      }
      Rehearsal.once(parts.checks(), checks -> new Engine(Composer.bare(checks)));
      return OwnAllocator.of(parts);
    }
  }
}
