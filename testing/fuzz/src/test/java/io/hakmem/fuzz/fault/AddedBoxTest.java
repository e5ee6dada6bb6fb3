package io.hakmem.fuzz.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.BoxFailedException;
import io.hakmem.HakAllocator;
import io.hakmem.Stats;
import org.junit.jupiter.api.Test;

/** A box that a program adds, which no service file names. */
final class AddedBoxTest {

  private static final long BYTES = 336;

  @Test
  void box_thatIsAdded_serves() {
    for (boolean asked : new boolean[] {true, false}) {
      try (HakAllocator allocator =
          HakAllocator.builder().box(FailingBox.provider(new Fault(), asked)).build()) {
        long block = allocator.allocate(BYTES);
        assertThat(added(allocator.stats()).allocations()).isEqualTo(1);
        assertThat(added(allocator.stats()).liveBytes()).isEqualTo(BYTES);
        allocator.free(block);
        assertThat(added(allocator.stats()).liveBytes()).isZero();
      }
    }
  }

  private static Stats.Box added(Stats stats) {
    return stats.boxes().stream()
        .filter(box -> box.name().equals("failing"))
        .findAny()
        .orElseThrow();
  }

  @Test
  @SuppressWarnings("NullAway") // That is the question.
  void box_null_isRefused() {
    assertThatThrownBy(() -> HakAllocator.builder().box(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("provider");
  }

  @Test
  void box_ofANameThatIsTaken_isRefused() {
    HakAllocator.Builder builder =
        HakAllocator.builder()
            .box(FailingBox.provider(new Fault(), true))
            .box(FailingBox.provider(new Fault(), false));
    assertThatThrownBy(builder::build)
        .isInstanceOf(BoxFailedException.class)
        .hasMessageContaining("two boxes have the name failing");
  }
}
