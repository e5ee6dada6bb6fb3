package io.hakmem.bench.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How much memory is resident in the mappings that hold an allocator's blocks, or ever held one.
 * What was resident there when this object was made, since a native library may share a mapping
 * with the JVM, does not count.
 */
public final class ResidentBlocks {

  private static final Path SMAPS = Path.of("/proc/self/smaps");

  private final List<Mapping> before = read();
  private List<Mapping> known = List.of();

  /** The resident bytes now; an address of 0 is no block. */
  long bytes(long[] addresses, int[] sizes) {
    List<Mapping> now = read();
    boolean[] holds = new boolean[now.size()];
    for (int i = 0; i < addresses.length; i++) {
      if (addresses[i] != 0) {
        mark(holds, now, addresses[i]);
        mark(holds, now, addresses[i] + sizes[i] - 1);
      }
    }
    List<Mapping> held = new ArrayList<>();
    for (int i = 0; i < holds.length; i++) {
      if (holds[i] || now.get(i).overlapsAny(known)) {
        held.add(now.get(i));
      }
    }
    known = held;
    long sum = held.stream().mapToLong(Mapping::residentBytes).sum();
    long earlier =
        before.stream().filter(m -> m.overlapsAny(held)).mapToLong(Mapping::residentBytes).sum();
    return Math.max(0, sum - earlier);
  }

  private static void mark(boolean[] holds, List<Mapping> ascending, long address) {
    int low = 0;
    int high = ascending.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Mapping mapping = ascending.get(middle);
      if (Long.compareUnsigned(address, mapping.begin) < 0) {
        high = middle - 1;
      } else if (Long.compareUnsigned(address, mapping.end) >= 0) {
        low = middle + 1;
      } else {
        holds[middle] = true;
        return;
      }
    }
  }

  /** The mappings in ascending order; none where the kernel tells of none. */
  private static List<Mapping> read() {
    List<Mapping> mappings = new ArrayList<>();
    try {
      String[] range = {};
      for (String line : Files.readAllLines(SMAPS)) {
        if (line.startsWith("Rss:")) {
          long bytes = Long.parseLong(line.replaceAll("\\D", "")) << 10;
          mappings.add(
              new Mapping(
                  Long.parseUnsignedLong(range[0], 16),
                  Long.parseUnsignedLong(range[1], 16),
                  bytes));
        } else if (line.indexOf('-') > 0 && line.indexOf('-') < line.indexOf(' ')) {
          range = line.substring(0, line.indexOf(' ')).split("-", 2);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return mappings;
  }

  private record Mapping(long begin, long end, long residentBytes) {

    boolean overlapsAny(List<Mapping> others) {
      return others.stream()
          .anyMatch(
              o ->
                  Long.compareUnsigned(begin, o.end) < 0 && Long.compareUnsigned(o.begin, end) < 0);
    }
  }
}
