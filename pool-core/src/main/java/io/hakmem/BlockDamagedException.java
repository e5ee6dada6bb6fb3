package io.hakmem;

/**
 * Somebody wrote where no block of theirs was: behind the bytes that were asked for, or into a
 * block after its free. Found by {@code HAKMEM_CHECKS=full} alone. A free that throws it has done
 * its work, and a reallocation has left its block as it was; the damage may be another call's, and
 * of another block.
 */
public final class BlockDamagedException extends HakmemException {

  private static final long serialVersionUID = 1L;

  /** Says which block, which byte, and where it was allocated and freed. */
  public BlockDamagedException(String message) {
    super(message);
  }
}
