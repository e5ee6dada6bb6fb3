package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random changes of two chains beside two lists. */
final class PageChainTest {

  private static final int PAGES = 12;
  private static final int STEPS = 5000;
  private static final long BLOCK_BYTES = 1024;

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<PageChain> chains = List.of(new PageChain(), new PageChain());
  private final List<List<Page>> models = List.of(new ArrayList<>(), new ArrayList<>());
  private final List<Page> inNone = new ArrayList<>(pages());

  private static List<Page> pages() {
    long bytes = PageKey.PAGE_BYTES;
    MemorySegment memory = Arena.ofAuto().allocate(PAGES * bytes, bytes);
    return IntStream.range(0, PAGES)
        .mapToObj(i -> memory.asSlice(i * bytes, bytes))
        .map(
            of ->
                new Page(
                    new NoHandler(),
                    of.address(),
                    bytes,
                    BLOCK_BYTES,
                    (int) (bytes / BLOCK_BYTES),
                    of))
        .toList();
  }

  @Test
  void anyChange_atRandom_keepsTheOrderOfArrival() {
    for (int i = 0; i < STEPS; i++) {
      int which = random.nextInt(chains.size());
      List<Page> model = models.get(which);
      if (random.nextBoolean() && !inNone.isEmpty()) {
        Page page = inNone.remove(random.nextInt(inNone.size()));
        chains.get(which).add(page);
        model.add(page);
      } else if (!model.isEmpty()) {
        Page page = model.remove(random.nextInt(model.size()));
        chains.get(which).remove(page);
        inNone.add(page);
      }
      assertSame(chains.get(0), models.get(0));
      assertSame(chains.get(1), models.get(1));
    }
  }

  private void assertSame(PageChain chain, List<Page> model) {
    assertThat(chain.size()).as("seed %d", seed).isEqualTo(model.size());
    List<Page> seen = new ArrayList<>();
    for (Page page = chain.newest(); page != null; page = chain.before(page)) {
      seen.addFirst(page);
    }
    assertThat(seen).as("seed %d", seed).isEqualTo(model);
    assertThat(chain.oldest())
        .as("seed %d", seed)
        .isSameAs(model.isEmpty() ? null : model.getFirst());
  }
}
