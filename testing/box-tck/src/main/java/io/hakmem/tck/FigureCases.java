package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.heap.LocalHeap;
import io.hakmem.spi.BoxReport.ClassFigures;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a box reports. */
final class FigureCases {

  private static final int STEPS = 10_000;
  private static final int MOST_LIVE = 400;

  private final BoxRules rules;

  FigureCases(BoxRules rules) {
    this.rules = rules;
  }

  void addUp() {
    BoxUnderTest test = rules.newBox();
    LocalHeap heap = test.newHeap(Thread.currentThread());
    LiveBlocks live = new LiveBlocks(test);
    operate(test, heap, live);
    assertAddsUp(test, live, "after operations of one thread");
    Threads.runToItsEnd(() -> freeHalf(live));
    assertAddsUp(test, live, "while frees of another thread wait");
    test.flush(heap);
    assertAddsUp(test, live, "after a flush");
    live.freeAll();
    test.flush(heap);
    assertAddsUp(test, live, "after all blocks were freed");
    rules.assertAllBack(test, heap);
  }

  private static void operate(BoxUnderTest test, LocalHeap heap, LiveBlocks live) {
    long[] sizes = test.box.blockSizes();
    for (int i = 0; i < STEPS; i++) {
      if (live.isTimeToFree(MOST_LIVE)) {
        live.freeAny();
      } else {
        live.allocate(heap, sizes[live.random(sizes.length)]);
      }
    }
  }

  private static void freeHalf(LiveBlocks live) {
    for (int left = live.count() / 2; left > 0; left--) {
      live.freeAny();
    }
  }

  private static void assertAddsUp(BoxUnderTest test, LiveBlocks live, String when) {
    SortedMap<Long, ClassFigures> classes = test.classes();
    live.allocations()
        .forEach(
            (bytes, allocations) ->
                assertAddsUp(
                    "%s: report() of class %d B, %s".formatted(live.who(), bytes, when),
                    classes.get(bytes),
                    allocations,
                    live.live(bytes)));
    long out = test.supply.outBytes();
    long told = test.liveBytes() + test.cachedBytes();
    assertThat(told)
        .withFailMessage(
            "%s: report() %s tells of %d live and cached bytes, %d are out",
            live.who(), when, told, out)
        .isEqualTo(out);
    long pages = test.boxes().stream().mapToLong(box -> box.report().pages()).sum();
    assertThat(pages)
        .withFailMessage(
            "%s: report() %s tells of %d pages, %d are registered",
            live.who(), when, pages, test.directory.size())
        .isEqualTo(test.directory.size());
  }

  private static void assertAddsUp(
      String of, @Nullable ClassFigures figures, long allocations, long live) {
    if (figures == null) {
      throw new AssertionError(of + ", is missing");
    }
    assertThat(figures.operations().allocations())
        .withFailMessage(
            "%s: %d allocations, there were %d",
            of, figures.operations().allocations(), allocations)
        .isEqualTo(allocations);
    assertThat(figures.operations().frees())
        .withFailMessage(
            "%s: %d frees, there were %d", of, figures.operations().frees(), allocations - live)
        .isEqualTo(allocations - live);
    assertThat(figures.liveBytes())
        .withFailMessage("%s: %d live bytes, callers hold %d blocks", of, figures.liveBytes(), live)
        .isEqualTo(live * figures.blockBytes());
    assertThat(figures.cachedBytes())
        .withFailMessage("%s: %d cached bytes", of, figures.cachedBytes())
        .isNotNegative();
  }

  void counters() {
    BoxUnderTest test = rules.newBox();
    SortedSet<String> names = new TreeSet<>(test.box.report().counters().keySet());
    String prefix = test.box.name().toLowerCase(Locale.ROOT).replace('-', '_') + "_";
    for (String name : names) {
      assertThat(name)
          .withFailMessage(
              "%s: counter %s must be lower case words that begin with %s",
              test.box.name(), name, prefix)
          .startsWith(prefix)
          .matches("[a-z0-9_]+");
    }
    LocalHeap heap = test.newHeap(Thread.currentThread());
    LiveBlocks live = new LiveBlocks(test);
    operate(test, heap, live);
    assertSame(test, names, "with blocks");
    live.freeAll();
    test.flush(heap);
    assertSame(test, names, "after a flush");
    Map<String, Long> counters = test.box.report().counters();
    counters.forEach(
        (name, count) ->
            assertThat(count)
                .withFailMessage("%s: counter %s is %d", test.box.name(), name, count)
                .isNotNegative());
  }

  private static void assertSame(BoxUnderTest test, SortedSet<String> names, String when) {
    SortedSet<String> now = new TreeSet<>(test.box.report().counters().keySet());
    assertThat(now)
        .withFailMessage(
            "%s: report() %s has the counters %s, the first one had %s",
            test.box.name(), when, now, names)
        .isEqualTo(names);
  }
}
