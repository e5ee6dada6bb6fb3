package io.hakmem.adapter;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The library that an adapter is for, as it is deployed: of another version than the adapter was
 * made for, it lacks methods, which would be an error of linkage under load. Any thread.
 */
public final class HostLibrary {

  private final String adapter;
  private final String library;
  private final @Nullable String version;

  /**
   * Names both, for messages.
   *
   * @param adapter the artifact of the adapter
   * @param library the artifact of the library
   * @param version of the library, such as {@code 4.2.20.Final}; null where nothing says it
   */
  public HostLibrary(String adapter, String library, @Nullable String version) {
    this.adapter = Objects.requireNonNull(adapter, "adapter");
    this.library = Objects.requireNonNull(library, "library");
    this.version = version;
  }

  /**
   * Refuses a version that is too old; one that nothing says is not refused.
   *
   * @param least the first that will do, numbers with dots between them
   * @throws IllegalStateException if it is older
   */
  public void requireAtLeast(String least) {
    String found = version;
    if (found != null && Arrays.compare(numbers(found), numbers(least)) < 0) {
      throw new IllegalStateException(
          "%s needs %s %s or later, but %s is there".formatted(adapter, library, least, found));
    }
  }

  /** The numbers in front; what follows them, as in {@code 4.2.20.Final}, does not count. */
  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.", -1))
        .takeWhile(part -> part.matches("[0-9]{1,9}"))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  /** What to throw where a call of the library cannot be linked. */
  public IllegalStateException unfit(LinkageError missing) {
    return new IllegalStateException(
        "%s does not fit to %s %s: %s"
            .formatted(
                adapter,
                library,
                Objects.requireNonNullElse(version, "of an unknown version"),
                missing.getMessage()),
        missing);
  }
}
