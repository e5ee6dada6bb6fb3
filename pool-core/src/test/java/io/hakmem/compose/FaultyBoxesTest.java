package io.hakmem.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.BoxFailedException;
import io.hakmem.engine.Engine;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.pool.v1.PoolV1Provider;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import io.hakmem.supply.SharedLimit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault of a box is an error that names the box, or does no harm; never a silent one. */
final class FaultyBoxesTest {

  @Test
  void box_withoutAFault_serves() {
    try (Engine engine = engine(new FaultyBox())) {
      long address = allocate(engine, 64);
      assertThat(engine.requireLive(address).handler().name()).isEqualTo("faulty");
      engine.frees().free(address);
    }
  }

  @Test
  void page_whoseBlocksReachBeyondIt_isRefusedAndOtherSizesAreServed() {
    FaultyBox box =
        new FaultyBox() {
          @Override
          int capacity() {
            return 2000;
          }
        };
    try (Engine engine = engine(box)) {
      assertThatThrownBy(() -> allocate(engine, 64))
          .isInstanceOf(BoxFailedException.class)
          .hasMessageContaining("box faulty failed in allocate() of 64 B")
          .hasMessageContaining("capacity=2000 must be in [1, 1024] blocks of 64 B in 65536 bytes");
      assertServes(engine, 80);
    }
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(new long[0], "blockSizes()=[] must have at least one size"),
        Arguments.of(new long[] {128, 64}, "blockSizes()=[128, 64] must ascend"),
        Arguments.of(new long[] {64, 64}, "blockSizes()=[64, 64] must ascend"),
        Arguments.of(
            new long[] {24, 40}, "blockSizes()=[24, 40] must be multiples of 16 in [16, 1048576]"),
        Arguments.of(
            new long[] {1L << 40},
            "blockSizes()=[1099511627776] must be multiples of 16 in [16, 1048576]"),
        Arguments.of(new long[] {0}, "blockSizes()=[0] must be multiples of 16 in [16, 1048576]"),
        Arguments.of(null, "blockSizes()=null must have at least one size"));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void sizes_thatNoPageCanHave_areRefused(long @Nullable [] sizes, String message) {
    FaultyBox box =
        new FaultyBox() {
          @Override
          @SuppressWarnings("NullAway") // A box of a third party may do so.
          public long[] blockSizes() {
            return sizes;
          }
        };
    assertRefused("box faulty: " + message, box);
  }

  static Stream<Arguments> names() {
    return Stream.of(Arguments.of((String) null), Arguments.of(""), Arguments.of("  "));
  }

  @ParameterizedTest
  @MethodSource("names")
  void name_thatSaysNothing_isRefusedByTheClass(@Nullable String name) {
    FaultyBox box =
        new FaultyBox() {
          @Override
          @SuppressWarnings("NullAway") // A box of a third party may do so.
          public String name() {
            return name;
          }
        };
    assertRefused("FaultyBoxesTest$", box);
    assertRefused("has no name: name()=%s must not be blank".formatted(name), box);
  }

  @Test
  void name_ofTwoBoxes_isRefusedByTheirClasses() {
    assertRefused(
        "two boxes have the name faulty, only one of io.hakmem.compose.FaultyBox and"
            + " io.hakmem.compose.FaultyBox may be present",
        new FaultyBox(),
        new FaultyBox());
  }

  @Test
  void place_ofTwoBoxes_isOrderedByName() {
    try (Engine engine = engine(named("b-box"), named("a-box"))) {
      assertThat(engine.requireLive(allocate(engine, 64)).handler().name()).isEqualTo("a-box");
    }
  }

  private static FaultyBox named(String name) {
    return new Named(name, BoxReport.NOTHING);
  }

  /** A box that hands on what it does not serve, as it says. */
  private static final class Named extends FaultyBox {

    private final String name;
    private final BoxReport report;

    private Named(String name, BoxReport report) {
      this.name = name;
      this.report = report;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public PoolBox create(BoxContext from) {
      from.next();
      return super.create(from);
    }

    @Override
    public BoxReport report() {
      return report;
    }
  }

  @Test
  void box_behindThePool_thatCanNeverServe_isRefused() {
    FaultyBox box =
        new FaultyBox() {
          @Override
          public int place() {
            return 300;
          }
        };
    assertRefused(
        "box faulty at place 300 can serve nothing: boxes in front of it, [pool-v1], serve all of"
            + " its classes and hand nothing to it",
        box);
  }

  @Test
  void counter_ofTwoBoxes_isRefused() {
    SortedMap<String, Long> counters = new TreeMap<>(Map.of("blocks_seen", 1L));
    BoxReport report = BoxReport.NOTHING.withCounters(counters);
    assertRefused(
        "the boxes a-box and b-box both have a counter blocks_seen",
        new Named("a-box", report),
        new Named("b-box", report));
  }

  @Test
  void refill_thatBringsNothing_isRefusedAndOtherSizesAreServed() {
    FaultyBox box =
        new FaultyBox() {
          @Override
          public void refill(LocalHeap heap, Bin bin) {}
        };
    try (Engine engine = engine(box)) {
      assertThatThrownBy(() -> allocate(engine, 64))
          .isInstanceOf(BoxFailedException.class)
          .hasMessageContaining("box faulty failed in allocate() of 64 B")
          .hasMessageContaining("faulty brought no free block of 64 B");
      assertServes(engine, 80);
    }
  }

  @Test
  void refill_thatThrows_leavesOtherSizesServed() {
    FaultyBox box =
        new FaultyBox() {
          @Override
          public void refill(LocalHeap heap, Bin bin) {
            throw new UnsupportedOperationException("not today");
          }
        };
    try (Engine engine = engine(box)) {
      assertServes(engine, 80);
      assertThatThrownBy(() -> allocate(engine, 64))
          .isInstanceOf(BoxFailedException.class)
          .hasMessage(
              "box faulty failed in allocate() of 64 B:"
                  + " java.lang.UnsupportedOperationException: not today");
      assertServes(engine, 80);
    }
  }

  @Test
  void free_thatThrows_namesTheBoxAndTheBlockStaysLive() {
    FaultyBox box =
        new FaultyBox() {
          @Override
          public Bin newBin(LocalHeap heap, int sizeClass) {
            return new AskedForFrees(heap, this, sizeClass);
          }

          @Override
          public void free(LocalHeap heap, Page page, long address) {
            throw new UnsupportedOperationException("not today");
          }
        };
    try (Engine engine = engine(box)) {
      long address = allocate(engine, 64);
      assertThatThrownBy(() -> engine.frees().free(address))
          .isInstanceOf(BoxFailedException.class)
          .hasMessageContaining("box faulty failed in free() of 0x%x".formatted(address));
      assertThat(engine.requireLive(address).isLive(address)).isTrue();
    }
  }

  /** A bin whose frees go through its box. */
  private static final class AskedForFrees extends Bin {

    private AskedForFrees(LocalHeap heap, FaultyBox box, int sizeClass) {
      super(heap, box, sizeClass, FaultyBox.BLOCK_BYTES);
      serveFreesThroughBox();
    }
  }

  @Test
  void create_thatReturnsNull_isRefused() {
    assertRefused(
        "box faulty: create() returned null",
        new FaultyBox() {
          @Override
          @SuppressWarnings("NullAway") // A box of a third party may do so.
          public PoolBox create(BoxContext from) {
            return null;
          }
        });
  }

  @Test
  void create_thatThrows_isRefused() {
    assertRefused(
        "box faulty failed in create(): java.lang.ArithmeticException: by zero",
        new FaultyBox() {
          @Override
          public PoolBox create(BoxContext from) {
            throw new ArithmeticException("by zero");
          }
        });
  }

  @Test
  void newBin_thatIsNoneOfItsClass_isRefused() {
    assertFirstAllocationRefused(
        "box faulty: newBin() for class 0 of 64 B returned null",
        new FaultyBox() {
          @Override
          @SuppressWarnings("NullAway") // A box of a third party may do so.
          public Bin newBin(LocalHeap heap, int sizeClass) {
            return null;
          }
        });
    assertFirstAllocationRefused(
        "box faulty: newBin() for class 0 of 64 B returned a bin of 80 B",
        new FaultyBox() {
          @Override
          public Bin newBin(LocalHeap heap, int sizeClass) {
            return new Bin(heap, this, sizeClass, 80);
          }
        });
  }

  @Test
  void report_thatThrows_namesTheBox() {
    assertRefused(
        "box faulty failed in report(): java.lang.IllegalArgumentException: no figures",
        new FaultyBox() {
          @Override
          public BoxReport report() {
            throw new IllegalArgumentException("no figures");
          }
        });
  }

  private static void assertFirstAllocationRefused(String message, FaultyBox box) {
    try (Engine engine = engine(box)) {
      assertThatThrownBy(() -> allocate(engine, 80))
          .isInstanceOf(BoxFailedException.class)
          .hasMessage(message);
    }
  }

  private static void assertRefused(String message, PoolBoxProvider... boxes) {
    assertThatThrownBy(() -> engine(boxes))
        .isInstanceOf(BoxFailedException.class)
        .hasMessageContaining(message);
  }

  private static void assertServes(Engine engine, long bytes) {
    long address = allocate(engine, bytes);
    assertThat(engine.requireLive(address).blockBytes()).isGreaterThanOrEqualTo(bytes);
    engine.frees().free(address);
  }

  private static long allocate(Engine engine, long bytes) {
    return engine.heaps().current().allocate(bytes);
  }

  /** The boxes with pool v1, all of which new heaps take pages of. */
  private static Engine engine(PoolBoxProvider... boxes) {
    List<PoolBoxProvider> all = new ArrayList<>(Arrays.asList(boxes));
    all.add(new PoolV1Provider());
    Boxes found = new Boxes(List.of(new TableDirectory.Provider()), all);
    return new Engine(new Parts(found, found.settings(Map.of()), null, SharedLimit.none()));
  }
}
