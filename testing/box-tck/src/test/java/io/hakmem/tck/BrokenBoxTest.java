package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.tck.BrokenBox.Fault;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the contract fails for boxes that are wrong, and says what is wrong with them. */
@Tag("slow")
final class BrokenBoxTest {

  /** The contract over a box with a fault. */
  private static final class Contract extends PoolBoxContract {

    private final Fault fault;

    private Contract(Fault fault) {
      this.fault = fault;
    }

    @Override
    protected PoolBoxProvider provider() {
      return BrokenBox.provider(fault);
    }
  }

  private static void assertFails(Fault fault, Consumer<PoolBoxContract> promise, String text) {
    assertThatThrownBy(() -> promise.accept(new Contract(fault)))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching("(?s)broken" + text);
  }

  @Test
  void flush_runIsLost_saysWhichRun() {
    assertFails(
        Fault.LOSES_A_RUN,
        PoolBoxContract::manyFrees_ofOneClass_collectAndLoseNothing,
        ": release was not called for the run of 64 KiB at 0x[0-9a-f]+, one of 1, though no block is"
            + " live and the heap was flushed");
  }

  @Test
  void flush_byACollectorDoesNothing_saysWhichRun() {
    assertFails(
        Fault.FLUSHES_FOR_ITS_THREAD_ONLY,
        PoolBoxContract::flush_byACollectorWhileTheThreadWaits_givesAllBack,
        ": release was not called for the run of 64 KiB at 0x[0-9a-f]+, one of [0-9]+, though no"
            + " block is live and the heap was flushed");
  }

  @Test
  void refill_nothingComes_saysForWhichClass() {
    assertFails(
        Fault.REFILLS_NOTHING,
        PoolBoxContract::refill_emptyBin_bringsBlocks,
        ": refill of class 64 B left the bin without a free block: then .*");
  }

  @Test
  void allocate_blockTwice_saysWhichBlock() {
    assertFails(
        Fault.HANDS_OUT_TWICE,
        PoolBoxContract::allocate_fromEachBin_givesDistinctBlocksOfPagesThatTheHeapOwns,
        ": the block of 64 B at 0x[0-9a-f]+ was handed out twice");
    assertFails(
        Fault.HANDS_OUT_TWICE,
        PoolBoxContract::randomSequence_againstAModel_neverOverlapsAndAllComesBack,
        ", seed [0-9]+: a block of [0-9]+ B was handed out at 0x[0-9a-f]+, which overlaps the live"
            + " block of [0-9]+ B at 0x[0-9a-f]+");
  }

  @Test
  void free_twiceIsAccepted_saysWhichBlock() {
    assertFails(
        Fault.ACCEPTS_SECOND_FREES,
        PoolBoxContract::free_twiceOrInside_isNoHit,
        ": a second free of 0x[0-9a-f]+ was not refused, but: null");
  }

  @Test
  void deadOwner_pagesAreForgotten_saysWhichRun() {
    assertFails(
        Fault.FORGETS_ENDED_THREADS,
        PoolBoxContract::deadOwner_isAdoptedByWhoRefillsNext,
        ": release was not called for the run of 64 KiB at 0x[0-9a-f]+, one of [0-9]+, though .*");
  }

  @Test
  void blockSizes_descending_saysWhich() {
    assertFails(
        Fault.SIZES_DESCEND,
        PoolBoxContract::blockSizes_always_areAscendingMultiplesOf16,
        ": blockSizes\\(\\) must ascend: \\[1024, 64\\]");
  }

  @Test
  void report_wrongLiveBytes_saysOfWhichClass() {
    assertFails(
        Fault.MISCOUNTS,
        PoolBoxContract::report_afterRandomOperations_addsUpClassByClass,
        ", seed [0-9]+: report\\(\\) of class 64 B, after operations of one thread: [0-9]+ live"
            + " bytes, callers hold [0-9]+ blocks");
  }

  @Test
  void report_counterComesUpLate_saysWhich() {
    assertFails(
        Fault.COUNTS_LATE,
        PoolBoxContract::report_fromTheFirstOn_hasTheSameCountersOfTheBoxsName,
        ": report\\(\\) with blocks has the counters \\[.*broken_asked.*\\], the first one had .*");
  }

  @Test
  void shortThreads_heapsAreKept_saysHowMany() {
    assertFails(
        Fault.KEEPS_HEAPS,
        PoolBoxContract::shortThreads_oneAfterAnother_leaveNoHeapBehind,
        ": 200 heaps of 200 threads that have ended are still reachable: .*");
  }

  @Test
  void supply_refusalIsHidden_saysWhichCall() {
    assertFails(
        Fault.HIDES_REFUSALS,
        PoolBoxContract::supply_failingAtEachCall_losesNothingAndGoesOn,
        ": call 0 of acquire failed, and the allocation must throw its OutOfNativeMemoryException,"
            + " but: .*");
  }
}
