package io.hakmem.memory;

import io.hakmem.gate.PageSourceKind;
import io.hakmem.log.Logs;
import io.hakmem.spi.PageSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/** Chooses the page source. */
public final class PageSources {

  private static final Logger LOG = Logs.of(PageSources.class);

  /** A program with many allocators hears it once. */
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private PageSources() {}

  /**
   * A new source that the caller must close. Never makes the JVM print a warning. Any thread.
   *
   * @throws UnsupportedOperationException if {@link PageSourceKind#OS} is asked for and cannot be
   *     had in this JVM; the text says what is missing
   */
  public static PageSource select(PageSourceKind choice) {
    return switch (choice) {
      case AUTO -> auto(obstacle());
      case OS -> os(obstacle());
      case ARENA -> new ArenaPageSource();
    };
  }

  private static PageSource auto(Optional<String> obstacle) {
    if (obstacle.isEmpty()) {
      return new OsPageSource();
    }
    if (!WARNED.getAndSet(true)) {
      LOG.warn(
          "page source os {}; page source arena is used, whose memory is resident from the"
              + " reservation of a region on, and goes back by whole regions only{}",
          obstacle.get(),
          Lifetimes.hasNativeAccess()
              ? ""
              : "; arenas and RawMemory are refused without that option, and clearing is slower");
    }
    return new ArenaPageSource();
  }

  static PageSource os(Optional<String> obstacle) {
    obstacle.ifPresent(
        missing -> {
          throw new UnsupportedOperationException("page source os " + missing);
        });
    return new OsPageSource();
  }

  private static Optional<String> obstacle() {
    return obstacle(
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        PageSources.class.getModule());
  }

  /** Why the source {@code os} cannot be used, if so. */
  static Optional<String> obstacle(String system, String processor, Module module) {
    boolean known = processor.equals("amd64") || processor.equals("aarch64");
    if (!system.equals("Linux") || !known) {
      return Optional.of(
          "needs Linux on amd64 or aarch64, but this is " + system + " on " + processor);
    }
    if (!module.isNativeAccessEnabled()) {
      String named = module.isNamed() ? module.getName() : "ALL-UNNAMED";
      return Optional.of("needs the JVM option --enable-native-access=" + named);
    }
    return Optional.empty();
  }
}
