package io.hakmem.bench.jmh.state;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The loop around single operations, without the operations. */
@State(Scope.Benchmark)
public class Baseline {

  private final long[] blocks = new long[Ring.BLOCKS];
  private int oldest;

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
  public static class Batch {

    private final long[] blocks = new long[Ring.BLOCKS];
    private long fresh;

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
