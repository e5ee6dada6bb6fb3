package io.hakmem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.RawMemory;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls on each level before the end of the stack: they are cut off in all of their steps. Frames
 * of another size before that shift the distances.
 */
final class StackEndTest {

  private static final long STACK_BYTES = 192 << 10;
  private static final int ROUNDS = 40;
  private static final int LEVELS = 40;
  private static final int WARM = 20;
  private static final int BYTES = 100;
  private static final int MANY_BYTES = 5000;

  /** Buffers of one test, in places that need no call to be filled. */
  private static final class Held {

    private final HakByteBufAllocator allocator;
    private final ByteBuf[] buffers = new ByteBuf[ROUNDS * LEVELS + WARM];
    private int count;

    Held(boolean isRaw) {
      allocator = new HakByteBufAllocator(HakAllocator.builder().profile("THROUGHPUT"), isRaw);
    }

    void add() {
      buffers[count] = allocator.directBuffer(BYTES);
      count++;
    }

    void releaseNext() {
      int next = count;
      count++;
      buffers[next].release();
    }

    void resize() {
      buffers[0].capacity(buffers[0].capacity() == BYTES ? MANY_BYTES : BYTES);
    }

    /** What is left goes back by ordinary calls; also what Netty lost before it came to us. */
    void end() {
      for (ByteBuf buffer : buffers) {
        if (buffer != null && buffer.refCnt() > 0) {
          buffer.release();
        } else if (buffer != null && buffer.capacity() > 0) {
          ((HakByteBuf) buffer).deallocate();
        }
      }
      allocator.trim();
      assertThat(allocator.usedDirectMemory()).isZero();
      assertThat(allocator.stats().liveBytes()).isZero();
      allocator.close();
      assertThat(allocator.committedBytes()).isZero();
    }
  }

  /** Goes down to the end of the stack, and makes the call on each level of the way back. */
  private static final class Descent {

    private final Runnable call;
    private int levels;
    private int cut;

    Descent(Runnable call) {
      this.call = call;
    }

    long pad(int frames, long a, long b, long c) {
      if (frames > 0) {
        return pad(frames - 1, c, a, b) + a;
      }
      descend();
      return b;
    }

    @SuppressWarnings("InfiniteRecursion") // It ends where the stack does.
    void descend() {
      try {
        descend();
      } catch (StackOverflowError end) {
        // Here it is.
      }
      if (levels < LEVELS) {
        levels++;
        try {
          call.run();
        } catch (StackOverflowError end) {
          cut++;
        }
      }
    }
  }

  private static void atTheEndOfTheStack(Runnable call) {
    FutureTask<Integer> task =
        new FutureTask<>(
            () -> {
              for (int i = 0; i < WARM; i++) {
                call.run();
              }
              int cut = 0;
              for (int round = 0; round < ROUNDS; round++) {
                Descent descent = new Descent(call);
                descent.pad(round, 1, 2, 3);
                cut += descent.cut;
              }
              return cut;
            });
    new Thread(null, task, "deep", STACK_BYTES).start();
    assertThat(task)
        .succeedsWithin(Duration.ofMinutes(1))
        .asInstanceOf(InstanceOfAssertFactories.INTEGER)
        .as("calls that were cut off")
        .isGreaterThan(ROUNDS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void directBuffer_cutOffAnywhere_losesNothing(boolean isRaw) {
    Ours.withoutDetector(
        () -> {
          Held held = new Held(isRaw);
          atTheEndOfTheStack(held::add);
          held.end();
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void release_cutOffAnywhere_losesNothing(boolean isRaw) {
    Ours.withoutDetector(
        () -> {
          Held held = new Held(isRaw);
          for (int i = 0; i < held.buffers.length; i++) {
            held.add();
          }
          held.count = 0;
          atTheEndOfTheStack(held::releaseNext);
          held.end();
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void capacity_cutOffAnywhere_leavesTheBufferWhole(boolean isRaw) {
    Ours.withoutDetector(
        () -> {
          Held held = new Held(isRaw);
          held.add();
          ByteBuf buffer = held.buffers[0].writeLong(42);
          atTheEndOfTheStack(held::resize);
          assertThat(buffer.getLong(0)).isEqualTo(42);
          assertThat(held.allocator.owns(buffer.memoryAddress())).isTrue();
          buffer.setLong(0, 43).setByte(buffer.capacity() - 1, 1);
          assertThat(RawMemory.buffer(buffer.memoryAddress(), Long.BYTES).getLong(0))
              .as("what is written to where the block is now")
              .isEqualTo(43);
          assertThat(held.allocator.stats().allocations() - held.allocator.stats().frees())
              .isEqualTo(1);
          held.end();
        });
  }
}
