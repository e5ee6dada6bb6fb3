package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** What boxes attach to pages and heaps. */
final class AttachmentTest {

  /** Equals every other one, as a careless box may. */
  private static final class Key {

    @Override
    public boolean equals(Object other) {
      return other instanceof Key;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  @Test
  void attach_toAHeap_isFoundByItsOwnKeyOnly() {
    LocalHeap heap = LoneHeaps.of(null);
    Key first = new Key();
    Key second = new Key();
    assertThat(heap.attachment(first)).isNull();

    heap.attach(first, "of first");
    assertThat(heap.attachment(second)).isNull();
    heap.attach(second, "of second");

    assertThat(heap.attachment(first)).isEqualTo("of first");
    assertThat(heap.attachment(second)).isEqualTo("of second");
    assertThat(LoneHeaps.of(null).attachment(first)).as("of another heap").isNull();
  }

  @Test
  void attach_toAPage_replacesWhatWasThere() {
    Page page =
        Page.ofLiveBlock(
            new NoHandler(),
            PageKey.PAGE_BYTES,
            PageKey.PAGE_BYTES,
            MemorySegment.ofArray(new byte[PageKey.PAGE_BYTES]),
            false);
    assertThat(page.attachment()).isNull();
    page.attach("one");
    page.attach("other");
    assertThat(page.attachment()).isEqualTo("other");
    page.attach(null);
    assertThat(page.attachment()).isNull();
  }
}
