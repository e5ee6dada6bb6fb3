package io.hakmem.bench.top;

import io.hakmem.HakAllocatorMXBean.LiveSite;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Live bytes by their calls as a page: each call is as wide as what was allocated inside of it, the
 * outermost call on top. Boxes of HTML alone, so that the page needs no script and no other file.
 */
public final class FlameGraph {

  private static final double PERCENT = 100;

  /** Narrower boxes are no wider than their border. */
  private static final double LEAST_SHARE = 0.0005;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>TITLE</title><style>
      body { font: 12px sans-serif; margin: 1em; }
      .box { overflow: hidden; min-width: 0; }
      .call { overflow: hidden; white-space: nowrap; padding: 2px 3px; border: 1px solid #fff;
        border-radius: 3px; background: #f5a04a; }
      .call:hover { background: #ffd9a8; overflow: visible; }
      .inner { display: flex; }
      </style></head><body><h1>TITLE</h1>
      <p>Each box is a call. It is as wide as the bytes that were allocated inside of it and are not
      freed. Rest the mouse on a box for its name and figures.</p>
      """;

  private final String name;
  private final Map<String, FlameGraph> inner = new LinkedHashMap<>();
  private long bytes;
  private long blocks;

  private FlameGraph(String name) {
    this.name = name;
  }

  /** A page of all allocators of a JVM. */
  public static String of(long pid, List<LiveHeap> heaps) {
    FlameGraph root = new FlameGraph("all allocators");
    for (LiveHeap heap : heaps) {
      for (LiveSite site : heap.sites()) {
        root.add(heap.allocator(), site);
      }
    }
    StringBuilder page =
        new StringBuilder(HEAD.replace("TITLE", "Live native memory of JVM " + pid));
    root.write(page, root.bytes, root.bytes);
    return page.append("</body></html>\n").toString();
  }

  private void add(String allocator, LiveSite site) {
    count(site);
    FlameGraph at = this.within(allocator);
    at.count(site);
    for (String frame : site.frames().reversed()) {
      at = at.within(frame);
      at.count(site);
    }
  }

  private FlameGraph within(String call) {
    return inner.computeIfAbsent(call, FlameGraph::new);
  }

  private void count(LiveSite site) {
    bytes += site.bytes();
    blocks += site.blocks();
  }

  private void write(StringBuilder to, long outerBytes, long allBytes) {
    double share = allBytes == 0 ? 0 : (double) bytes / allBytes;
    if (share < LEAST_SHARE && bytes < outerBytes) {
      return;
    }
    String text = escaped(name);
    to.append(
        String.format(
            Locale.ROOT,
            "<div class=\"box\" style=\"width:%.3f%%\"><div class=\"call\" title=\"%s: %,d bytes in"
                + " %,d blocks, %.1f%%\">%s</div><div class=\"inner\">%n",
            outerBytes == 0 ? PERCENT : PERCENT * bytes / outerBytes,
            text,
            bytes,
            blocks,
            PERCENT * share,
            text));
    inner.values().stream()
        .sorted(Comparator.comparingLong((FlameGraph call) -> call.bytes).reversed())
        .forEach(call -> call.write(to, bytes, allBytes));
    to.append("</div></div>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
