package io.hakmem.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Traces for tests. */
final class TraceFiles {

  private TraceFiles() {}

  /** The one that was written by hand: 19 allocations, 11 frees. */
  static Path small() {
    try {
      return Path.of(Objects.requireNonNull(TraceFiles.class.getResource("small.trace")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Random events over more slots than a byte can tell apart. */
  static List<String> generated(long seed, int events) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] occupied = new boolean[600];
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      int slot = random.nextInt(occupied.length);
      lines.add(
          occupied[slot]
              ? "f,%d,%d".formatted(random.nextInt(4), slot)
              : "a,%d,%d,%d".formatted(random.nextInt(4), slot, 1 + random.nextInt(3000)));
      occupied[slot] = !occupied[slot];
    }
    return lines;
  }

  static Path gzipped(Path file, List<String> lines) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    return file;
  }
}
