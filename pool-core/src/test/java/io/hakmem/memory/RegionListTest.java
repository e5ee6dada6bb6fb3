package io.hakmem.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random changes beside a sorted map. */
final class RegionListTest {

  private static final long GRANULE = PageSource.GRANULE_BYTES;
  private static final int PLACES = 60;
  private static final int STEPS = 5000;

  private record Known(Region region) implements RegionList.Entry {}

  private final long seed = System.nanoTime();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final RegionList<Known> list = new RegionList<>();
  private final TreeMap<Long, Known> model = new TreeMap<>();

  /** Places of four granules, of which a region takes one to four: some have neighbours. */
  @SuppressWarnings("restricted") // Nobody touches the memory.
  private static Known known(int place, int granules) {
    long base = (1 + place * 4L) * GRANULE;
    return new Known(
        new Region(
            base,
            granules * GRANULE,
            MemorySegment.ofAddress(base).reinterpret(granules * GRANULE)));
  }

  @Test
  void anyChange_atRandom_keepsTheOrderOfAddresses() {
    for (int i = 0; i < STEPS; i++) {
      Known drawn = known(random.nextInt(PLACES), random.nextInt(1, 5));
      Known there = model.get(drawn.region().base());
      if (there == null) {
        list.makeRoom();
        list.add(drawn);
        model.put(drawn.region().base(), drawn);
      } else if (random.nextInt(3) > 0) {
        list.remove(list.find(there.region().base(), there.region().bytes()));
        model.remove(there.region().base());
      }
      assertSame();
      assertFinds((1 + random.nextInt(4 * PLACES)) * GRANULE, random.nextInt(1, 5) * GRANULE);
    }
  }

  private void assertSame() {
    assertThat(list.size()).as("seed %d", seed).isEqualTo(model.size());
    int at = 0;
    for (Known each : model.values()) {
      assertThat(list.get(at)).as("seed %d", seed).isSameAs(each);
      at++;
    }
  }

  private void assertFinds(long base, long bytes) {
    Map.Entry<Long, Known> below = model.floorEntry(base);
    Known holder =
        below != null && below.getValue().region().contains(base, bytes) ? below.getValue() : null;
    assertThat(list.holderOf(base, bytes)).as("seed %d", seed).isSameAs(holder);
    int found = list.find(base, bytes);
    assertThat(found >= 0).as("seed %d", seed).isEqualTo(holder != null);
    if (holder != null) {
      assertThat(list.get(found)).isSameAs(holder);
    }
  }
}
