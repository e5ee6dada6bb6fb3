package io.hakmem.bench.compare;

/**
 * The sizes of a load's requests, which a profile of the original names with it.
 *
 * @param min in bytes
 * @param max in bytes
 */
public record SizeRange(int min, int max) {

  private static final SizeRange C6_HEAVY = new SizeRange(257, 768);
  private static final SizeRange MIXED = new SizeRange(16, 1024);
  private static final SizeRange MID_LARGE =
      new SizeRange(Load.DEFAULT_MIN_BYTES, Load.DEFAULT_MAX_BYTES);

  /** The range of a profile by its name; that of the standard call if it names none. */
  public static SizeRange of(String profile) {
    if (profile.startsWith("C6_HEAVY")) {
      return C6_HEAVY;
    }
    return profile.startsWith("MIXED") ? MIXED : MID_LARGE;
  }
}
