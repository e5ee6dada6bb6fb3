package io.hakmem.tck;

import io.hakmem.gate.Settings;
import io.hakmem.spi.PoolBoxProvider;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What holds for every box that cuts blocks. Extend it, and give it the provider, and the settings
 * where defaults are not enough: once for each setting that changes the structure.
 *
 * <p>Each test has a box of its own over a supply that counts and fails. A box that differs on
 * purpose says so by a method that it overrides: {@link #handsBinsOn}, {@link #keepsEmptyPages},
 * {@link #mostHeldBytes}. One whose blocks are not aligned says so itself, by {@link
 * io.hakmem.spi.PoolBox#alignsBlocks}.
 */
public abstract class PoolBoxContract {

  /** For subclasses. */
  protected PoolBoxContract() {}

  /** What makes the box under test. */
  protected abstract PoolBoxProvider provider();

  /** The boxes that the one under test falls back to, the first one asked first. */
  protected List<PoolBoxProvider> behind() {
    return List.of();
  }

  /** The value of every gate that the boxes read; the defaults, as it stands. */
  protected Settings settings() {
    return Providers.settings(composed(), Map.of());
  }

  /**
   * Whether bins may be those of a box behind, which is called for them: as in a front that does
   * nothing while a gate of it is off. False, as it stands.
   */
  protected boolean handsBinsOn() {
    return false;
  }

  /**
   * Whether a flush leaves empty pages with the box on purpose, as in a box with a fixed number of
   * them. They must be counted as cached bytes. False, as it stands.
   */
  protected boolean keepsEmptyPages() {
    return false;
  }

  /**
   * Bytes of freed blocks that the box keeps from being handed out, at most, for one heap and one
   * class; 0, as it stands: for a box that hands a freed block out again before it asks for a page.
   */
  protected long mostHeldBytes() {
    return 0;
  }

  private List<PoolBoxProvider> composed() {
    return Stream.concat(Stream.of(provider()), behind().stream()).toList();
  }

  BoxUnderTest newBox() {
    return new BoxUnderTest(composed(), settings());
  }

  private BoxRules rules() {
    return rulesOf(this::newBox);
  }

  private BoxRules rulesOf(Supplier<BoxUnderTest> maker) {
    return new BoxRules(maker, handsBinsOn(), keepsEmptyPages(), mostHeldBytes());
  }

  /** The same box behind a front that takes its bins over. */
  private BoxRules takenOver() {
    List<PoolBoxProvider> all =
        Stream.concat(Stream.of(new TakingOver()), composed().stream()).toList();
    return rulesOf(() -> new BoxUnderTest(all, settings()));
  }

  @Test
  void name_ofProviderAndBox_isOneAndStays() {
    new ShapeCases(rules()).names(provider());
  }

  @Test
  void gates_always_haveNamesOfTheirOwn() {
    ShapeCases.gates(provider());
  }

  @Test
  void blockSizes_always_areAscendingMultiplesOf16() {
    new ShapeCases(rules()).blockSizes();
  }

  @Test
  void newBin_always_hasNoBlocksAndIsOfItsClass() {
    new ShapeCases(rules()).newBin();
  }

  @Test
  void refill_emptyBin_bringsBlocks() {
    new OneHeapCases(rules()).refill();
  }

  @Test
  void allocate_fromEachBin_givesDistinctBlocksOfPagesThatTheHeapOwns() {
    new OneHeapCases(rules()).allocateFromEachBin();
  }

  @Test
  void allocateAtOnceAndFreeAtOnce_doAllOfItOrNothing() {
    new OneHeapCases(rules()).allocateAndFreeAtOnce();
  }

  @Test
  void randomSequence_againstAModel_neverOverlapsAndAllComesBack() {
    new OneHeapCases(rules()).randomSequence();
  }

  @Test
  void randomSequence_binsTakenOverByAFront_isServedAsBefore() {
    new OneHeapCases(takenOver()).randomSequence();
  }

  @Test
  void manyFrees_ofOneClass_collectAndLoseNothing() {
    new OneHeapCases(rules()).manyFrees();
  }

  @Test
  void allocate_afterFrees_usesTheirBlocksBeforeItAsksForPages() {
    new OneHeapCases(rules()).freedBlocksAreUsedAgain();
  }

  @Test
  void free_twiceOrInside_isNoHit() {
    new OneHeapCases(rules()).badFrees();
  }

  @Test
  void freeRemote_byAnotherThread_comesBackToTheOwner() {
    new ThreadCases(rules()).remoteFrees();
  }

  @Test
  void free_byOwnerAndAnotherAtOnce_givesTheBlockBackOnce() {
    new ThreadCases(rules()).race();
  }

  @Test
  void flush_byACollectorWhileTheThreadWaits_givesAllBack() {
    new ThreadCases(rules()).waitingHeap();
  }

  @Test
  void deadOwner_isAdoptedByWhoRefillsNext() {
    new DeadOwnerCases(rules()).adoption();
  }

  @Test
  void deadOwner_withLiveFreedAndRemotelyFreedBlocks_losesNone() {
    new DeadOwnerCases(rules()).adoptionOfEveryState();
  }

  @Test
  void shortThreads_oneAfterAnother_leaveNoHeapBehind() {
    new DeadOwnerCases(rules()).shortThreads();
  }

  @Test
  void heapWithoutAThread_usedBySeveralOneAfterAnother_losesNothing() {
    new ThreadCases(rules()).sharedHeap();
  }

  @Test
  void heap_withBinsOfPoolV1Beside_sharesOneInbox() {
    new ThreadCases(beside()).sharedInbox();
  }

  /** The same box in front of pool v1, unless it has that behind it or is that. */
  private BoxRules beside() {
    Stream<PoolBoxProvider> poolV1 =
        Stream.of(Providers.named("pool-v1"))
            .filter(pool -> composed().stream().noneMatch(each -> each.name().equals(pool.name())));
    List<PoolBoxProvider> added = poolV1.toList();
    List<PoolBoxProvider> all = Stream.concat(composed().stream(), added.stream()).toList();
    Settings both = Providers.adding(settings(), added);
    return rulesOf(() -> new BoxUnderTest(all, both));
  }

  @Test
  void supply_failingAtEachCall_losesNothingAndGoesOn() {
    new MemoryCases(rules()).failingAtEachCall();
  }

  @Test
  void supply_thatThrowsAnErrorAtEachCall_losesNothingAndGoesOn() {
    new ErrorCases(rules()).supply();
  }

  @Test
  void directory_thatThrowsAnErrorAtEachRegister_losesNothingAndGoesOn() {
    new ErrorCases(rules()).directory(WindowOfSupply.Call.REGISTER);
  }

  @Test
  void directory_thatThrowsAnErrorAtEachUnregister_losesNothingAndGoesOn() {
    new ErrorCases(rules()).directory(WindowOfSupply.Call.UNREGISTER);
  }

  @Test
  void supply_atItsLimit_refusesAndServesAgainWhenBlocksAreFreed() {
    new MemoryCases(rules()).limit();
  }

  @Test
  void report_afterRandomOperations_addsUpClassByClass() {
    new FigureCases(rules()).addUp();
  }

  @Test
  void report_fromTheFirstOn_hasTheSameCountersOfTheBoxsName() {
    new FigureCases(rules()).counters();
  }
}
