package io.hakmem.middesc;

import io.hakmem.gate.Gate;
import io.hakmem.gate.Settings;
import io.hakmem.heap.PageTable;
import io.hakmem.spi.PageDirectory;
import io.hakmem.spi.PageDirectoryProvider;
import java.util.List;

/** Makes the page directory box known to the composer. */
public final class MidDescProvider implements PageDirectoryProvider {

  static final Gate<Boolean> CACHE_ENABLED =
      Gate.flag(
          "HAKMEM_MID_DESC_CACHE_ENABLED",
          false,
          "Each heap remembers the page it looked up last; hits and misses are counted.");

  @Override
  public String name() {
    return "mid-desc";
  }

  @Override
  public List<Gate<?>> gates() {
    return List.of(CACHE_ENABLED);
  }

  @Override
  public PageDirectory create(Settings settings) {
    return new RemainderDirectory(settings.get(CACHE_ENABLED), PageTable::new);
  }
}
