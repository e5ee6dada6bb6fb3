package io.hakmem.bench.peer;

import io.hakmem.bench.fork.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;

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

  /** Unpacks the library, once, into a file that is gone when this JVM ends. */
  public synchronized Path unpack() throws IOException {
    Path unpacked = Scratch.folder().resolve("allocator-" + name() + ".so");
    if (!Files.exists(unpacked)) {
      String resource = "/packed/linux/x64/org/lwjgl/" + file;
      try (InputStream in = PackedLibrary.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IOException("no resource " + resource);
        }
        Files.copy(in, unpacked);
      }
    }
    return unpacked;
  }

  @SuppressWarnings("restricted")
  SymbolLookup load() {
    try {
      return SymbolLookup.libraryLookup(unpack(), Arena.global());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + file + ": " + e.getMessage(), e);
    }
  }
}
