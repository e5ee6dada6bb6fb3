package io.hakmem;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What an allocator is composed of. It never changes; {@link #toString} writes it for people, a
 * part a line.
 *
 * @param pageSource name of the page source, such as {@code os}
 * @param directory name of the page directory's box
 * @param boxes the boxes, those that are asked first in front
 * @param blocks what holds for every block
 * @param gates every gate with its value
 * @param notes what was left out while the gates were read, and why
 */
public record Composition(
    String pageSource,
    String directory,
    List<Box> boxes,
    Blocks blocks,
    List<GateValue> gates,
    List<String> notes) {

  /** Copies the lists. */
  public Composition {
    boxes = List.copyOf(boxes);
    gates = List.copyOf(gates);
    notes = List.copyOf(notes);
  }

  /**
   * One box.
   *
   * @param name name of its artifact or strategy
   * @param place where it stands; the lower the earlier it is asked
   * @param blockSizes sizes of all its classes in bytes, ascending
   * @param served sizes of the classes in bytes that no box in front of it serves, ascending
   */
  public record Box(String name, int place, List<Long> blockSizes, List<Long> served) {

    /** Copies the lists. */
    public Box {
      blockSizes = List.copyOf(blockSizes);
      served = List.copyOf(served);
    }

    @Override
    public String toString() {
      return "%s, place %d, serves %s".formatted(name, place, sizes());
    }

    private String sizes() {
      if (served.isEmpty()) {
        return "no class, all %d are taken".formatted(blockSizes.size());
      }
      String part =
          served.size() == blockSizes.size()
              ? Integer.toString(served.size())
              : "%d of %d".formatted(served.size(), blockSizes.size());
      return "%s B (%s %s)"
          .formatted(range(served), part, blockSizes.size() == 1 ? "class" : "classes");
    }

    private static String range(List<Long> sizes) {
      return sizes.size() == 1
          ? sizes.getFirst().toString()
          : sizes.getFirst() + "-" + sizes.getLast();
    }
  }

  /**
   * What holds for every block.
   *
   * @param clearedBytes leading bytes that are zero when a block is handed out; {@link
   *     Long#MAX_VALUE} for all of it
   * @param badFreesRefused whether a free of what is no live block throws and changes nothing
   * @param allWatched whether overruns, late writes and leaks of all blocks are looked for
   * @param someSampled whether some blocks are remembered with the place that allocated them
   */
  public record Blocks(
      long clearedBytes, boolean badFreesRefused, boolean allWatched, boolean someSampled) {

    /** Whether the log says at the close which blocks are still live. */
    public boolean leaksReported() {
      return allWatched || someSampled;
    }
  }

  /**
   * One gate as it was read.
   *
   * @param name such as {@code HAKMEM_CHECKS}
   * @param value in the gate's canonical writing
   * @param source where the value came from, such as {@code default} or {@code profile C7_SAFE}
   */
  public record GateValue(String name, String value, String source) {

    @Override
    public String toString() {
      return "%s=%s (%s)".formatted(name, value, source);
    }
  }

  /** The value of a gate, if it is one of this allocator's. */
  public Optional<String> gate(String name) {
    for (GateValue gate : gates) {
      if (gate.name().equals(name)) {
        return Optional.of(gate.value());
      }
    }
    return Optional.empty();
  }

  /** The box of a name, if it takes part. */
  public Optional<Box> box(String name) {
    for (Box box : boxes) {
      if (box.name().equals(name)) {
        return Optional.of(box);
      }
    }
    return Optional.empty();
  }

  /**
   * The box that is asked for a size, or empty if no box has a class for it, so that the block gets
   * pages of its own.
   *
   * @param bytes 1 or more
   */
  public Optional<Box> boxFor(long bytes) {
    Optional<Box> best = Optional.empty();
    long bestBytes = Long.MAX_VALUE;
    for (Box box : boxes) {
      for (long size : box.served()) {
        if (size >= bytes && size < bestBytes) {
          best = Optional.of(box);
          bestBytes = size;
        }
      }
    }
    return best;
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(System.lineSeparator(), "", System.lineSeparator());
    text.add("page source  " + pageSource);
    text.add("directory    " + directory);
    boxes.forEach(box -> text.add("box          " + box));
    text.add("above        runs of pages, then a clear out-of-memory");
    gates.forEach(gate -> text.add("gate         " + gate));
    notes.forEach(note -> text.add("note         " + note));
    return text.toString();
  }
}
