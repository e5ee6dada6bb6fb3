package io.hakmem.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import io.hakmem.bench.replay.Footprint;
import io.hakmem.bench.replay.Replay;
import io.hakmem.bench.replay.ResidentBlocks;
import io.hakmem.bench.trace.TraceReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checked replay finds what a broken allocator does to blocks. */
final class VerifiedReplayTest {

  private static final int SIZE = 64;

  @TempDir private Path dir;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment memory = arena.allocate(1 << 16, 16);

  @AfterEach
  void releaseMemory() {
    arena.close();
  }

  /** Places block after block, at offsets that a test decides; a free does nothing. */
  private final class Placed implements Subject, Blocks {

    private final LongBinaryOperator offsetOfBlock;
    private long blocks;
    private long end;

    /** The operator gets the block's number, from 0, and the end of the block before it. */
    Placed(LongBinaryOperator offsetOfBlock) {
      this.offsetOfBlock = offsetOfBlock;
    }

    @Override
    public Blocks blocks() {
      return this;
    }

    @Override
    public long allocate(long bytes) {
      long offset = offsetOfBlock.applyAsLong(blocks++, end);
      end = offset + bytes;
      return memory.address() + offset;
    }

    @Override
    public void free(long address) {}

    @Override
    public long reallocate(long address, long bytes) {
      throw new UnsupportedOperationException("no trace reallocates");
    }

    @Override
    public long usableSize(long address) {
      return SIZE;
    }

    @Override
    public String composition() {
      return "placed by a test";
    }
  }

  private Replay trace(List<String> lines) throws IOException {
    return Replay.onOneThread(TraceReader.read(Files.write(dir.resolve("t.trace"), lines)));
  }

  /** Two blocks that live at once: slot 0 by event 1 and the given slot by event 2. */
  private Replay twoBlocks(int otherSlot) throws IOException {
    return trace(List.of("a,0,0,64", "a,0," + otherSlot + ",64", "f,0," + otherSlot, "f,0,0"));
  }

  @Test
  void replay_separateBlocks_passes() throws IOException {
    Footprint footprint =
        twoBlocks(1).footprint(new Placed((block, end) -> end), true, new ResidentBlocks());
    assertThat(footprint.verifiedBlocks()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 251, 255, 256, 65_536})
  void replay_oneAddressTwice_failsWhateverTheSlots(int otherSlot) throws IOException {
    Replay trace = twoBlocks(otherSlot);
    assertThatIllegalStateException()
        .isThrownBy(
            () -> trace.footprint(new Placed((block, end) -> 0), true, new ResidentBlocks()))
        .withMessageMatching(
            "slot 0, allocated by event 1 and freed by event 4:"
                + " byte 0 of 64 at 0x[0-9a-f]+ was overwritten");
  }

  @Test
  void replay_lastByteOverlaps_failsAndNamesTheByte() throws IOException {
    Replay trace = twoBlocks(1);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                trace.footprint(
                    new Placed((block, end) -> block * (SIZE - 1)), true, new ResidentBlocks()))
        .withMessageContaining("byte 63 of 64");
  }

  /** However many events lie between two blocks, their patterns differ. */
  @ParameterizedTest
  @ValueSource(ints = {250, 254, 255, 65_024})
  void replay_overlapOfDistantEvents_fails(int eventsBetween) throws IOException {
    List<String> lines = new ArrayList<>(List.of("a,0,0,64"));
    for (int i = 0; i < eventsBetween / 2; i++) {
      lines.addAll(List.of("a,0,1,8", "f,0,1"));
    }
    lines.addAll(List.of("a,0,2,64", "f,0,0"));
    int last = eventsBetween / 2 + 1;
    Replay trace = trace(lines);
    Placed placed = new Placed((block, end) -> block == 0 || block == last ? 0 : 4096);
    assertThatIllegalStateException()
        .isThrownBy(() -> trace.footprint(placed, true, new ResidentBlocks()))
        .withMessageContaining("slot 0, allocated by event 1 and freed by event " + lines.size());
  }

  @Test
  void replay_writeAfterAllocation_failsAtTheEndToo() throws IOException {
    Replay trace = trace(List.of("a,0,7,64", "a,0,3,64"));
    Placed corrupting =
        new Placed(
            (block, end) -> {
              if (block == 1) {
                memory.set(ValueLayout.JAVA_BYTE, 40, (byte) 0);
              }
              return end;
            });
    assertThatIllegalStateException()
        .isThrownBy(() -> trace.footprint(corrupting, true, new ResidentBlocks()))
        .withMessageContaining(
            "slot 7, allocated by event 1 and freed by the end of the trace: byte 40 of 64");
  }

  @Test
  void replay_unchecked_doesNotLook() throws IOException {
    Replay trace = twoBlocks(1);
    assertThatCode(
            () -> trace.footprint(new Placed((block, end) -> 0), false, new ResidentBlocks()))
        .doesNotThrowAnyException();
  }
}
