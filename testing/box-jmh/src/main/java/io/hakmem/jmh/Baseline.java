package io.hakmem.jmh;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The loop around single operations, without the operations. A class of benchmarks extends it by a
 * class of its own: JMH writes code into the package of the state that it is handed, and two
 * modules must not share a package.
 */
@State(Scope.Benchmark)
public abstract class Baseline {

  private final long[] blocks = new long[Ring.BLOCKS];
  private int oldest;

  /** For subclasses. */
  protected Baseline() {}

  /** What {@link Ring#turn} does beside its calls. */
  public long turn() {
    int index = oldest;
    long block = blocks[index] + 1;
    blocks[index] = block;
    oldest = (index + 1) & (Ring.BLOCKS - 1);
    return block;
  }

  /** The loop around operations that need a preparation, without the operations. */
  @State(Scope.Benchmark)
  public abstract static class Batch {

    private final long[] blocks = new long[Ring.BLOCKS];
    private long fresh;

    /** For subclasses. */
    protected Batch() {}

    /** Does nothing of use: the clock is read around each batch, and that counts too. */
    @Setup(Level.Invocation)
    public void prepare() {
      fresh++;
    }

    /** What {@link PageSwing#take} does beside its calls. */
    public void fill(Blackhole sink, int count) {
      for (int i = 0; i < count; i++) {
        long block = fresh + i;
        blocks[i] = block;
        sink.consume(block);
      }
    }
  }
}
