package io.hakmem.bench.top;

import io.hakmem.HakAllocatorMXBean.LiveSite;
import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.option.ResultOptions;
import io.hakmem.bench.option.WrittenFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hakmem heap}: who holds the blocks of a running JVM. */
@Command(
    name = "heap",
    description = {
      "Shows the live bytes of a running JVM by the place that allocated them.",
      "The JVM needs HAKMEM_JMX_ENABLED=1, and HAKMEM_LEAK_SAMPLE_EVERY=N for samples or "
          + "HAKMEM_CHECKS=full for all blocks.",
      "Example: hakmem heap 4711 --html heap.html"
    },
    mixinStandardHelpOptions = true)
public final class HeapCommand implements Callable<Integer> {

  private static final double PERCENT = 100;

  @Mixin private ResultOptions result;

  @Mixin private ProcessOption process;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20",
      description = "The most places that are shown of an allocator (${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also writes a flame graph, a page that needs no other file.")
  private @Nullable Path html;

  @Override
  public Integer call() throws IOException {
    result.check("--rows", rows, 1, Integer.MAX_VALUE);
    result.checkWritable("--html", html);
    List<LiveHeap> heaps;
    try (JvmConnection jvm = process.connect()) {
      heaps = jvm.liveHeaps();
    }
    if (heaps.stream().noneMatch(LiveHeap::isTracked)) {
      throw new CommandFailure(
          "no allocator of JVM %d knows who holds its blocks: start it with"
                  .formatted(process.pid())
              + " HAKMEM_LEAK_SAMPLE_EVERY=100 for samples, or HAKMEM_CHECKS=full for all");
    }
    Map<String, Object> all = Map.of("jvm", process.pid(), "allocators", heaps);
    try {
      result.print(all, out -> heaps.forEach(heap -> print(heap, out)));
    } finally {
      if (html != null) {
        WrittenFile.write("--html", html, FlameGraph.of(process.pid(), heaps));
      }
    }
    return 0;
  }

  private void print(LiveHeap heap, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %,d bytes in %,d blocks at %,d places%s%n",
        heap.allocator(),
        heap.bytes(),
        heap.sites().stream().mapToLong(LiveSite::blocks).sum(),
        heap.sites().size(),
        heap.isTracked() ? "" : ", since blocks are not tracked");
    if (heap.isTracked() && heap.sites().isEmpty()) {
      out.println(
          "No block that was sampled is live."
              + " HAKMEM_LEAK_SAMPLE_EVERY=1 samples each allocation that is no hit.");
    }
    if (!heap.sites().isEmpty()) {
      out.printf("%16s %12s %7s  place%n", "bytes", "blocks", "share");
    }
    heap.sites().stream().limit(rows).forEach(site -> print(heap, site, out));
  }

  private static void print(LiveHeap heap, LiveSite site, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,16d %,12d %6.1f%%  %s%n",
        site.bytes(),
        site.blocks(),
        heap.bytes() == 0 ? 0 : PERCENT * site.bytes() / heap.bytes(),
        site.frames().isEmpty() ? "unknown" : site.frames().getFirst());
  }
}
