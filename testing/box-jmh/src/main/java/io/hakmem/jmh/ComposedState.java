package io.hakmem.jmh;

import io.hakmem.Composition;
import io.hakmem.HakAllocator;
import io.hakmem.Stats;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * An allocator under measurement. It has the gates that it was to have, and when it ends its
 * counters must show that the operations took the path that the benchmark is named after.
 */
@State(Scope.Benchmark)
public abstract class ComposedState {

  private HakAllocator allocator;
  private Stats before;

  /** For subclasses. */
  protected ComposedState() {}

  /** Composes, checks the gates, and fills; the counters from here on are those of operations. */
  @Setup(Level.Trial)
  public void compose() {
    Map<String, String> gates = new LinkedHashMap<>();
    gates.put("HAKMEM_POOL_ZERO_MODE", "off");
    gates.put("HAKMEM_TINY_HEAP_PROFILE", "legacy");
    gates.putAll(gates());
    HakAllocator.Builder builder = HakAllocator.builder();
    gates.forEach(builder::set);
    allocator = builder.build();
    requireGates(gates, allocator.composition());
    fill();
    before = allocator.stats();
  }

  /** Checks the counters, and that nothing is left once everything was given back. */
  @TearDown(Level.Trial)
  public void close() {
    try (HakAllocator closing = allocator) {
      Rise rise = new Rise(name(), before, closing.stats());
      rise.require("there are allocations", rise.allocations() > 0);
      prove(rise);
      drain();
      closing.trim();
      long left = closing.stats().liveBytes();
      rise.require("nothing is live at the end, but " + left + " B are", left == 0);
    }
  }

  /** What differs from the pool alone without zeroing; values in their canonical writing. */
  protected abstract Map<String, String> gates();

  /** Allocates what the operations need. */
  protected void fill() {}

  /** Refuses a path that was not taken. */
  protected abstract void prove(Rise rise);

  /** Frees what is still held. */
  protected void drain() {}

  public final HakAllocator allocator() {
    return allocator;
  }

  /** An allocation and a free that are each other's neighbours. */
  public final long pair(long bytes) {
    long block = allocator.allocate(bytes);
    allocator.free(block);
    return block;
  }

  /** JMH runs a subclass, whose name begins with those of this class and the one around it. */
  private String name() {
    return getClass().getSimpleName().replaceFirst("_jmhType$", "");
  }

  private static void requireGates(Map<String, String> gates, Composition composition) {
    gates.forEach(
        (gate, value) -> {
          if (!composition.gate(gate).equals(Optional.of(value))) {
            throw new IllegalStateException(
                "%s=%s did not arrive:%n%s".formatted(gate, value, composition));
          }
        });
  }

  /** What was counted between two moments. */
  public static final class Rise {

    private final String what;
    private final Stats before;
    private final Stats after;

    public Rise(String what, Stats before, Stats after) {
      this.what = what;
      this.before = before;
      this.after = after;
    }

    public long allocations() {
      return after.allocations() - before.allocations();
    }

    public long frees() {
      return after.frees() - before.frees();
    }

    public long remoteFrees() {
      return after.remoteFrees() - before.remoteFrees();
    }

    /** By how much a counter rose, which must be there. */
    public long of(String counter) {
      Long value = after.counters().get(counter);
      if (value == null) {
        throw new IllegalStateException(
            "%s: no counter %s in %s".formatted(what, counter, after.counters()));
      }
      return value - before.counters().getOrDefault(counter, 0L);
    }

    /** Whether any counter has such a name. */
    public boolean hasAny(String prefix) {
      return after.counters().keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** Refuses the run if it does not hold. */
    public void require(String sentence, boolean holds) {
      if (!holds) {
        SortedMap<String, Long> risen = new TreeMap<>();
        after.counters().keySet().forEach(counter -> risen.put(counter, of(counter)));
        throw new IllegalStateException(
            "%s did not take its path, where %s: allocations=%d frees=%d remote_frees=%d %s"
                .formatted(what, sentence, allocations(), frees(), remoteFrees(), risen));
      }
    }
  }
}
