package io.hakmem.netty.benchmark;

import io.hakmem.jmh.Meaning;
import io.hakmem.jmh.Measures;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** Buffers of HAKMEM beside those of Netty, on threads of Netty's kind. */
@Measures("hakmem-netty")
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    jvmArgsAppend = {
      "-Dio.netty.leakDetection.level=disabled",
      "-Dio.netty.noUnsafe=false",
      "-Djmh.executor=CUSTOM",
      "-Djmh.executor.class=io.hakmem.netty.benchmark.FastThreads"
    })
public class BufferBenchmark {

  private static final int LONGS = 512;

  /** A buffer that its own thread releases at once. */
  @Benchmark
  @Meaning("allocates a direct buffer and releases it")
  public boolean pair(Buffers buffers, Buffers.OnFastThread thread) {
    return buffers.allocated().release();
  }

  /** A buffer that another thread releases; the slower of both threads is measured. */
  @Benchmark
  @Meaning("allocates a direct buffer that another thread releases")
  public void handOver(Buffers buffers, Buffers.OnFastThread thread) {
    buffers.handOver();
  }

  /** Every long of a buffer, which stays in the first cache. */
  @Benchmark
  @OperationsPerInvocation(LONGS)
  @Meaning("writes a long into a buffer and reads it")
  public void longs(Buffers buffers, Blackhole sink) {
    ByteBuf held = buffers.held();
    long sum = 0;
    for (int i = 0; i < LONGS; i++) {
      int at = i * Long.BYTES;
      held.setLong(at, sum + i);
      sum += held.getLong(at);
    }
    sink.consume(sum);
  }
}
