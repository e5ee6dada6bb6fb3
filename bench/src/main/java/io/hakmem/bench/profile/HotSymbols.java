package io.hakmem.bench.profile;

import io.hakmem.bench.profile.SelfTimes.SelfTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Self time of the measured loop by symbol and by box, from the collapsed stacks of a profiler. */
final class HotSymbols {

  private static final int MOST_SYMBOLS = 15;
  private static final String LOOP = "io/hakmem/bench/load/MidLarge.loop";
  private static final String JVM = "JVM";

  private final FrameParts parts = new FrameParts();
  private final Map<String, Long> bySymbol = new TreeMap<>();
  private final Map<String, Long> byPart = new TreeMap<>();
  private final Map<String, String> partOf = new TreeMap<>();
  private long samples;

  /** Reads lines of frames, the outermost first, each with the number of its samples. */
  HotSymbols(List<String> lines) {
    lines.stream().filter(line -> line.contains(LOOP)).forEach(this::add);
  }

  private void add(String line) {
    int blank = line.lastIndexOf(' ');
    if (blank < 0) {
      return;
    }
    long count = Long.parseLong(line.substring(blank + 1));
    List<String> frames = new ArrayList<>(List.of(line.substring(0, blank).split(";", -1)));
    String symbol = symbol(frames);
    String part = part(frames, symbol);
    samples += count;
    bySymbol.merge(symbol, count, Long::sum);
    byPart.merge(part, count, Long::sum);
    partOf.put(symbol, part);
  }

  /** What the JDK inlines into a frame of ours, such as a memory access, is that frame's time. */
  private static String symbol(List<String> frames) {
    String leaf = frames.getLast();
    for (int i = frames.size() - 1; i >= 0 && isJava(frames.get(i)); i--) {
      if (FrameParts.isOurs(frames.get(i))) {
        return frames.get(i);
      }
    }
    return leaf;
  }

  private static boolean isJava(String frame) {
    return FrameParts.isOurs(frame) || frame.startsWith("java/") || frame.startsWith("jdk/");
  }

  /** What clearing calls, such as a copy of the JVM, is clearing too. */
  private String part(List<String> frames, String symbol) {
    if (frames.stream().anyMatch(FrameParts::clears)) {
      return FrameParts.CLEARING;
    }
    return FrameParts.isOurs(symbol) ? parts.of(symbol) : JVM;
  }

  long samples() {
    return samples;
  }

  /** Percent by part, the largest first, and the symbols with the most. */
  SelfTimes selfTimes() {
    return new SelfTimes(
        null,
        samples,
        sorted(byPart).stream()
            .map(part -> new SelfTime(null, part.getKey(), percent(part.getValue())))
            .toList(),
        sorted(bySymbol).stream().limit(MOST_SYMBOLS).map(this::symbol).toList());
  }

  private SelfTime symbol(Map.Entry<String, Long> symbol) {
    String name = symbol.getKey().replace('/', '.');
    return new SelfTime(name, partOf.get(symbol.getKey()), percent(symbol.getValue()));
  }

  private double percent(long count) {
    return Math.round(1000.0 * count / samples) / 10.0;
  }

  private static List<Map.Entry<String, Long>> sorted(Map<String, Long> counts) {
    Comparator<Map.Entry<String, Long>> byCount = Map.Entry.comparingByValue();
    return counts.entrySet().stream().sorted(byCount.reversed()).toList();
  }
}
