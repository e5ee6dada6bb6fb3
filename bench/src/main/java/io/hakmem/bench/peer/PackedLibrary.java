package io.hakmem.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A native allocator that is packed with the command. */
public enum PackedLibrary {
  /** mimalloc. */
  MIMALLOC("mimalloc/libmimalloc.so"),
  /** jemalloc. */
  JEMALLOC("jemalloc/libjemalloc.so"),
  /** rpmalloc, whose functions are for Java: some tell the addresses of those for C. */
  RPMALLOC("rpmalloc/liblwjgl_rpmalloc.so");

  private final String file;

  PackedLibrary(String file) {
    this.file = file;
  }

  /** Unpacks the library into a file that is gone when this JVM ends. */
  public Path unpack() throws IOException {
    String resource = "/packed/linux/x64/org/lwjgl/" + file;
    try (InputStream in = PackedLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no resource " + resource);
      }
      Path unpacked = Files.createTempFile("hakmem-allocator", ".so");
      unpacked.toFile().deleteOnExit();
      Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
      return unpacked;
    }
  }

  /** Loads the library from a file that is gone afterwards: the mapping needs no name. */
  @SuppressWarnings("restricted")
  SymbolLookup load() {
    try {
      Path unpacked = unpack();
      try {
        return SymbolLookup.libraryLookup(unpacked, Arena.global());
      } finally {
        Files.delete(unpacked);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + file + ": " + e.getMessage(), e);
    }
  }
}
