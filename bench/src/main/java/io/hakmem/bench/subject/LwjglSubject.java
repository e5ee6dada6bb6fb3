package io.hakmem.bench.subject;

import io.hakmem.bench.fork.Scratch;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.mimalloc.mimalloc;

/**
 * mimalloc through LWJGL's binding, as its users call it with plain addresses. It works without a
 * warning only in a JVM started with {@code --sun-misc-unsafe-memory-access=allow} and {@code
 * --enable-native-access=org.lwjgl}.
 */
final class LwjglSubject implements Subject, Blocks {

  LwjglSubject() {
    if (!Configuration.class.getModule().isNativeAccessEnabled()) {
      throw new IllegalStateException(
          "LWJGL needs --enable-native-access=org.lwjgl --sun-misc-unsafe-memory-access=allow");
    }
    try {
      Configuration.SHARED_LIBRARY_EXTRACT_PATH.set(Scratch.folder().toString());
      mimalloc.nmi_free(mimalloc.nmi_malloc(1));
    } catch (IOException e) {
      throw new UncheckedIOException("LWJGL's libraries cannot be unpacked", e);
    }
  }

  @Override
  public Blocks blocks() {
    return this;
  }

  @Override
  public long allocate(long bytes) {
    long address = mimalloc.nmi_malloc(bytes);
    if (address == 0) {
      throw new OutOfMemoryError("mi_malloc refused " + bytes + " bytes");
    }
    return address;
  }

  @Override
  public void free(long address) {
    mimalloc.nmi_free(address);
  }

  @Override
  public long reallocate(long address, long bytes) {
    long moved = mimalloc.nmi_realloc(address, bytes);
    if (moved == 0) {
      throw new OutOfMemoryError("mi_realloc refused " + bytes + " bytes");
    }
    return moved;
  }

  @Override
  public long usableSize(long address) {
    return mimalloc.nmi_usable_size(address);
  }

  @Override
  public String composition() {
    return "mimalloc " + mimalloc.MI_MALLOC_VERSION + " through LWJGL's binding";
  }

  @Override
  public void trim() {
    mimalloc.mi_collect(true);
  }
}
