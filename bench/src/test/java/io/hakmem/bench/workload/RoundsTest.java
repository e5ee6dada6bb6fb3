package io.hakmem.bench.workload;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.bench.load.SmallLoads;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.subject.SubjectKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure ends a round even where other threads wait for the one that failed. */
@Timeout(30)
final class RoundsTest {

  private static final Plan ONE_ROUND = new Plan(0, 1, 1);

  /** HAKMEM of which the threads after the first so many fail at their first free. */
  private static Subject failing(int threadsThatWork) {
    Subject real = SubjectKind.HAKMEM.open(null, Map.of(), 1);
    AtomicInteger threads = new AtomicInteger();
    return new Subject() {
      @Override
      public Blocks blocks() {
        Blocks blocks = real.blocks();
        return threads.getAndIncrement() < threadsThatWork ? blocks : new NoFree(blocks);
      }

      @Override
      public long usableSize(long address) {
        return real.usableSize(address);
      }

      @Override
      public String composition() {
        return "fails";
      }

      @Override
      public void close() {
        real.close();
      }
    };
  }

  private record NoFree(Blocks real) implements Blocks {

    @Override
    public long allocate(long bytes) {
      return real.allocate(bytes);
    }

    @Override
    public void free(long address) {
      throw new IllegalStateException("no free");
    }

    @Override
    public long reallocate(long address, long bytes) {
      return real.reallocate(address, bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void measure_threadFails_endsThoseThatWaitForIt(int threadsThatWork) {
    for (Workload load : List.of(SmallLoads.larson(2), SmallLoads.xmalloc(2))) {
      assertThatThrownBy(() -> measure(load, threadsThatWork))
          .as(load.name())
          .hasRootCauseMessage("no free");
    }
  }

  private static Measurement measure(Workload load, int threadsThatWork) throws Exception {
    try (Subject subject = failing(threadsThatWork);
        Rounds rounds = new Rounds(load, subject, load.census().calls())) {
      return rounds.measure(ONE_ROUND, System.nanoTime(), 0);
    }
  }
}
