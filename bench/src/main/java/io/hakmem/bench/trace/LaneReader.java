package io.hakmem.bench.trace;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayDeque;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The events of one thread of a recording, one after the other. */
final class LaneReader {

  static final int PLAIN = 1;
  static final int DEFLATED = 2;

  static final int ALLOCATED = 0;
  static final int FREED = 1;
  static final int RESIZING = 2;
  static final int RESIZED = 3;
  static final int REFUSED = 4;

  private static final int KIND_BITS = 7;
  private static final int CLEARED = 8;
  private static final int ALIGNED = 16;
  private static final int ADDRESS_SHIFT = 4;

  private final int number;
  private final ArrayDeque<Block> blocks = new ArrayDeque<>();
  private byte[] bytesOfBlock = {};
  private long begin;
  private int position;
  private int tag;
  private long events;
  private long ns;
  private long unit;
  private long bytes;
  private long alignment;

  private record Block(long at, int plain, int stored, boolean isDeflated) {}

  LaneReader(int number) {
    this.number = number;
  }

  void add(long at, int plain, int stored, boolean isDeflated) {
    blocks.add(new Block(at, plain, stored, isDeflated));
  }

  int number() {
    return number;
  }

  /** How many there were so far. */
  long events() {
    return events;
  }

  int kind() {
    return tag & KIND_BITS;
  }

  long ns() {
    return ns;
  }

  long address() {
    return unit << ADDRESS_SHIFT;
  }

  long bytes() {
    return bytes;
  }

  long alignment() {
    return alignment;
  }

  boolean isCleared() {
    return (tag & CLEARED) != 0;
  }

  /**
   * Goes to the next event.
   *
   * @return false if there is none
   * @throws TraceException if the block is damaged
   */
  boolean advance(RandomAccessFile file) throws IOException {
    if (position == bytesOfBlock.length) {
      Block next = blocks.poll();
      if (next == null) {
        return false;
      }
      load(next, file);
    }
    try {
      tag = bytesOfBlock[position++];
      ns += number(false);
      unit += number(true);
      bytes = kind() == ALLOCATED || kind() == RESIZED ? number(false) : 0;
      alignment = (tag & ALIGNED) != 0 ? 1L << bytesOfBlock[position++] : 0;
    } catch (ArrayIndexOutOfBoundsException e) {
      throw damaged(e);
    }
    events++;
    return true;
  }

  private void load(Block block, RandomAccessFile file) throws IOException {
    byte[] stored = new byte[block.stored];
    file.seek(block.at);
    file.readFully(stored);
    begin = block.at;
    bytesOfBlock = block.isDeflated ? inflate(stored, block.plain) : stored;
    position = 0;
    ns = 0;
    unit = 0;
  }

  private byte[] inflate(byte[] stored, int length) {
    byte[] plain = new byte[length];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(stored);
      int made = 0;
      while (made < length && !inflater.finished() && !inflater.needsInput()) {
        made += inflater.inflate(plain, made, length - made);
      }
      if (made < length) {
        throw damaged(null);
      }
      return plain;
    } catch (DataFormatException e) {
      throw damaged(e);
    }
  }

  /** Seven bits a byte, the lowest first; of a signed one the lowest bit is the sign. */
  private long number(boolean isSigned) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytesOfBlock[position++];
      value |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return isSigned ? value >>> 1 ^ -(value & 1) : value;
  }

  private TraceException damaged(@org.jspecify.annotations.Nullable Exception cause) {
    TraceException damaged =
        new TraceException(
            " the block of thread %d at byte %d is damaged".formatted(number, begin));
    if (cause != null) {
      damaged.initCause(cause);
    }
    return damaged;
  }
}
