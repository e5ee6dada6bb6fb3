package io.hakmem.bench.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of the driver by their names. */
record Sources(Map<String, byte[]> files) {

  private static final String KERNELS = "kernels.def";

  /** Everything but the kernels, which the list of kernels names. */
  private static final List<String> PARTS =
      List.of(
          "driver.h",
          "parts.h",
          KERNELS,
          "allocators.c",
          "driver.c",
          "kernels.c",
          "latency.c",
          "memory.c",
          "rounds.c");

  private static final Pattern KERNEL = Pattern.compile("(?m)^KERNEL\\((\\w+)\\)");
  private static final int HASH_LETTERS = 16;

  /** Reads those that are packed with the command. */
  static Sources packed() throws IOException {
    String kernels = new String(read(KERNELS), StandardCharsets.UTF_8);
    Stream<String> ofKernels =
        KERNEL.matcher(kernels).results().map((MatchResult kernel) -> kernel.group(1) + ".c");
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : Stream.concat(PARTS.stream(), ofKernels).toList()) {
      files.put(name, read(name));
    }
    return new Sources(files);
  }

  private static byte[] read(String name) throws IOException {
    String resource = "/io/hakmem/bench/driver/" + name;
    try (InputStream in = Sources.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no resource " + resource);
      }
      return in.readAllBytes();
    }
  }

  /** Writes all into a folder; returns those to be compiled. */
  List<String> write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return files.keySet().stream()
        .filter(name -> name.endsWith(".c"))
        .map(name -> folder.resolve(name).toString())
        .toList();
  }

  /** Tells these sources, compiled by such a command, from others. */
  String hash(List<String> command) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(command.toString().getBytes(StandardCharsets.UTF_8));
      files.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LETTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
