package io.hakmem.bench.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Where this JVM's heap is, so that what is resident of it can be told from the rest. No bean has
 * its addresses, but the JVM prints them for {@code jcmd GC.heap_info}.
 *
 * @param from the lowest address
 * @param to the address behind the highest
 */
public record JavaHeap(long from, long to) {

  private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]+)[,)]");
  private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");

  /** The heap of this JVM; empty where it does not tell. */
  public static Optional<JavaHeap> find() {
    try {
      Object text =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcHeapInfo",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return in(text.toString());
    } catch (JMException unknown) {
      return Optional.empty();
    }
  }

  static Optional<JavaHeap> in(String heapInfo) {
    long[] addresses =
        ADDRESS.matcher(heapInfo).results().mapToLong(found -> address(found.group(1))).toArray();
    if (addresses.length < 2) {
      return Optional.empty();
    }
    long from = Long.MAX_VALUE;
    long to = 0;
    for (long address : addresses) {
      from = Math.min(from, address);
      to = Math.max(to, address);
    }
    return Optional.of(new JavaHeap(from, to));
  }

  private static long address(String hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal, 16);
  }

  /** What is resident of it; 0 where the system does not tell. */
  public long residentBytes() {
    long kib = 0;
    boolean inside = false;
    try {
      for (String line : Files.readAllLines(MAPPINGS)) {
        Matcher mapping = MAPPING.matcher(line);
        if (mapping.matches()) {
          inside = address(mapping.group(1)) >= from && address(mapping.group(2)) <= to;
        } else if (inside && line.startsWith("Rss:")) {
          kib += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException unknown) {
      return 0;
    }
    return kib << 10;
  }
}
