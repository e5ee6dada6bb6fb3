package io.hakmem.bench.subject;

import io.hakmem.bench.peer.Blocks;
import io.hakmem.bench.peer.Functions;
import io.hakmem.bench.peer.ObjectTable;
import io.hakmem.bench.peer.Subject;
import java.lang.foreign.Arena;

/**
 * An arena for each block: what the JDK offers where blocks do not die together. The arenas are
 * confined, the cheapest kind, so that a load whose blocks another thread frees cannot run.
 * Measured are making the arena, allocating, closing, and the table that leads from a block to its
 * arena.
 */
final class ArenaSubject implements Subject {

  private final ObjectTable<Arena> arenas = new ObjectTable<>();

  @Override
  public Blocks blocks() {
    return new ArenaBlocks(arenas.places());
  }

  @Override
  public String composition() {
    return "Arena.ofConfined() for each block";
  }

  @Override
  public void trim() {
    Functions.trimMalloc();
  }

  private record ArenaBlocks(ObjectTable<Arena>.Places places) implements ObjectTable.Moving {

    @Override
    @SuppressWarnings("MustBeClosedChecker") // Closed by the block's free.
    public long allocate(long bytes) {
      Arena arena = Arena.ofConfined();
      long start =
          arena.allocate(bytes + ObjectTable.HEADER_BYTES, ObjectTable.HEADER_BYTES).address();
      return places.keep(arena, start, bytes);
    }

    @Override
    public void free(long address) {
      places.take(address).close();
    }
  }
}
