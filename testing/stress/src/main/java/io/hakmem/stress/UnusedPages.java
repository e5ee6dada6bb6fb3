package io.hakmem.stress;

import io.hakmem.heap.Page;
import io.hakmem.heap.PageHandler;
import io.hakmem.heap.PageKey;
import java.lang.foreign.MemorySegment;

/** What pages are made of whose blocks nobody writes to, and whose handler nobody calls. */
public final class UnusedPages {

  /** Of every page of one page key. */
  public static final MemorySegment MEMORY = MemorySegment.ofArray(new byte[PageKey.PAGE_BYTES]);

  /** Says its name, and fails whatever else it is asked for. */
  public static final PageHandler HANDLER =
      new PageHandler() {
        @Override
        public String name() {
          return "unused";
        }

        @Override
        public void freeRemote(Page page, long address) {
          throw new UnsupportedOperationException("freeRemote");
        }
      };

  private UnusedPages() {}
}
