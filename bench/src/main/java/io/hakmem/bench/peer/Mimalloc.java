package io.hakmem.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The mimalloc library that is packed with the command. */
final class Mimalloc {

  private static final String RESOURCE = "/linux/x64/org/lwjgl/mimalloc/libmimalloc.so";

  private Mimalloc() {}

  /** Loads the library from a file that is gone afterwards: the mapping needs no name. */
  @SuppressWarnings("restricted")
  static SymbolLookup load() {
    try (InputStream in = Mimalloc.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("mimalloc is absent: no resource " + RESOURCE);
      }
      Path file = Files.createTempFile("libmimalloc", ".so");
      try {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return SymbolLookup.libraryLookup(file, Arena.global());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack mimalloc: " + e.getMessage(), e);
    }
  }
}
