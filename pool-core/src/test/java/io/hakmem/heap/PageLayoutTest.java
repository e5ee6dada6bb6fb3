package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Which layouts of a page are refused, and with which words. */
final class PageLayoutTest {

  private static final long BASE = 0x10000;
  private static final long BYTES = 2 * PageKey.PAGE_BYTES;

  private static PageLayout layout(
      long base, long bytes, int headerBytes, long blockBytes, int capacity) {
    return new PageLayout("a-box", base, bytes, headerBytes, blockBytes, capacity);
  }

  private static void assertRefused(PageLayout layout, long memoryBytes, String text) {
    assertThatThrownBy(() -> layout.checkedBase(memoryBytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a-box lays a page out at 0x%x: %s", layout.base(), text);
  }

  @Test
  void checkedBase_layoutsThatFit_isTheBase() {
    assertThat(layout(BASE, BYTES, 0, 64, 2048).checkedBase(BYTES)).isEqualTo(BASE);
    assertThat(layout(BASE, BYTES, 0, BYTES, 1).checkedBase(BYTES + 1)).isEqualTo(BASE);
    assertThat(layout(BASE + 16, BYTES, 16, 48, 2048).checkedBase(BYTES - 16)).isEqualTo(BASE + 16);
  }

  @Test
  void checkedBase_lengthOfNoWholePages_isRefused() {
    assertRefused(layout(BASE, 0, 0, 64, 1), BYTES, "bytes=0 must be a multiple of 16384");
    assertRefused(layout(BASE, 65_537, 0, 64, 1), BYTES, "bytes=65537 must be a multiple of 16384");
    assertRefused(
        layout(BASE, -65_536, 0, 64, 1), BYTES, "bytes=-65536 must be a multiple of 16384");
  }

  @Test
  void checkedBase_headerOfAnotherGranule_isRefused() {
    assertRefused(
        layout(BASE + 8, BYTES, 8, 64, 1), BYTES, "headerBytes=8 must be a multiple of 16");
    assertRefused(
        layout(BASE, BYTES, -16, 64, 1), BYTES, "headerBytes=-16 must be a multiple of 16");
  }

  @Test
  void checkedBase_baseBesideAPage_isRefused() {
    assertRefused(
        layout(BASE + 16, BYTES, 0, 64, 1),
        BYTES,
        "base=65552 must be the start of a page behind one header");
    assertRefused(
        layout(BASE, BYTES, 16, 64, 1),
        BYTES,
        "base=65536 must be the start of a page behind one header");
    assertRefused(
        layout(0, BYTES, 0, 64, 1), BYTES, "base=0 must be the start of a page behind one header");
  }

  @Test
  void checkedBase_blocksOfNoGranules_isRefused() {
    assertRefused(layout(BASE, BYTES, 0, 0, 1), BYTES, "blockBytes=0 must be a multiple of 16");
    assertRefused(layout(BASE, BYTES, 0, 24, 1), BYTES, "blockBytes=24 must be a multiple of 16");
  }

  @Test
  void checkedBase_moreBlocksThanFit_isRefused() {
    assertRefused(
        layout(BASE, BYTES, 0, 64, 2049),
        BYTES,
        "capacity=2049 must be in [1, 2048] blocks of 64 B in 131072 bytes");
    assertRefused(
        layout(BASE + 16, BYTES, 16, 64, 1639),
        BYTES,
        "capacity=1639 must be in [1, 1638] blocks of 64 B in 131072 bytes");
    assertRefused(
        layout(BASE, BYTES, 0, 64, 0),
        BYTES,
        "capacity=0 must be in [1, 2048] blocks of 64 B in 131072 bytes");
    assertRefused(
        layout(BASE, 8 * BYTES, 0, 16, PageBlocks.MOST_BLOCKS + 1),
        8 * BYTES,
        "capacity=16385 must be in [1, 16384] blocks of 16 B in 1048576 bytes");
  }

  @Test
  void checkedBase_memoryShorterThanThePage_isRefused() {
    assertRefused(
        layout(BASE, BYTES, 0, 64, 1), BYTES - 1, "memory=131071 must be at least 131072 bytes");
    assertRefused(
        layout(BASE + 16, BYTES, 16, 64, 1),
        BYTES - 17,
        "memory=131055 must be at least 131056 bytes");
  }

  @Test
  void page_ofALayoutThatIsRefused_namesItsHandler() {
    MemorySegment memory = MemorySegment.ofArray(new byte[(int) BYTES]);
    assertThatThrownBy(() -> new Page(new NoHandler(), BASE, BYTES, 64, 2049, memory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no-handler lays a page out at 0x10000: capacity=2049 must be in [1, 2048] blocks of"
                + " 64 B in 131072 bytes");
  }
}
