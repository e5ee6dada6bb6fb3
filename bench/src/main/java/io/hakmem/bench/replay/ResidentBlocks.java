package io.hakmem.bench.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much memory is resident in the mappings that hold an allocator's blocks, or ever held one.
 * What was resident there when this object was made, since a native library may share a mapping
 * with the JVM, does not count.
 */
public final class ResidentBlocks {

  private static final Path SMAPS = Path.of("/proc/self/smaps");

  private final NavigableMap<Long, Mapping> before = read();
  private Set<Mapping> known = Set.of();

  /** The resident bytes now; an address of 0 is no block. */
  long bytes(long[] addresses, int[] sizes) {
    NavigableMap<Long, Mapping> now = read();
    Set<Mapping> held = new LinkedHashSet<>();
    for (int i = 0; i < addresses.length; i++) {
      if (addresses[i] != 0) {
        addHolder(addresses[i], now, held);
        addHolder(addresses[i] + sizes[i] - 1, now, held);
      }
    }
    now.values().stream().filter(mapping -> mapping.overlapsAny(known)).forEach(held::add);
    known = held;
    long sum = held.stream().mapToLong(Mapping::residentBytes).sum();
    long earlier =
        before.values().stream()
            .filter(mapping -> mapping.overlapsAny(held))
            .mapToLong(Mapping::residentBytes)
            .sum();
    return Math.max(0, sum - earlier);
  }

  private static void addHolder(
      long address, NavigableMap<Long, Mapping> mappings, Set<Mapping> holders) {
    Map.Entry<Long, Mapping> nearest = mappings.floorEntry(address);
    if (nearest != null && Long.compareUnsigned(address, nearest.getValue().end) < 0) {
      holders.add(nearest.getValue());
    }
  }

  /** The mappings by their first addresses; none where the kernel tells of none. */
  private static NavigableMap<Long, Mapping> read() {
    NavigableMap<Long, Mapping> mappings = new TreeMap<>(Long::compareUnsigned);
    try {
      String[] range = {};
      for (String line : Files.readAllLines(SMAPS)) {
        if (line.startsWith("Rss:")) {
          long bytes = Long.parseLong(line.replaceAll("\\D", "")) << 10;
          long begin = Long.parseUnsignedLong(range[0], 16);
          mappings.put(begin, new Mapping(begin, Long.parseUnsignedLong(range[1], 16), bytes));
        } else if (line.indexOf('-') > 0 && line.indexOf('-') < line.indexOf(' ')) {
          range = line.substring(0, line.indexOf(' ')).split("-", 2);
        }
      }
    } catch (IOException e) {
      return new TreeMap<>();
    }
    return mappings;
  }

  private record Mapping(long begin, long end, long residentBytes) {

    boolean overlapsAny(Set<Mapping> others) {
      return others.stream()
          .anyMatch(
              o ->
                  Long.compareUnsigned(begin, o.end) < 0 && Long.compareUnsigned(o.begin, end) < 0);
    }
  }
}
