package io.hakmem.record;

import java.nio.charset.StandardCharsets;

/**
 * The file of a recording. Numbers of fixed length have their highest byte first.
 *
 * <pre>
 * file   magic:8 version:1 flags:1 startMs:8 block...
 * block  kind:1 thread:4 plainBytes:4 storedBytes:4 bytes   kind PLAIN or DEFLATED
 * end    kind:1 events:8 lost:8                             kind END
 * event  tag:1 ns address [bytes] [log2 of the alignment]   kinds in the low bits of the tag
 * </pre>
 *
 * <p>In an event, {@code ns} is the time since the event before it and {@code address} the signed
 * distance from the address before it, in units of 16 bytes. The first event of a block counts from
 * the start of the recording and from address 0. All of these are numbers of seven bits a byte, the
 * lowest first.
 */
final class TraceFormat {

  static final byte[] MAGIC = "HAKTRACE".getBytes(StandardCharsets.US_ASCII);

  static final int VERSION = 2;

  /** The recording began with its allocator. */
  static final int WHOLE = 1;

  static final int PLAIN = 1;
  static final int DEFLATED = 2;
  static final int END = 3;

  static final int ALLOCATED = 0;
  static final int FREED = 1;

  /** A reallocation takes this block. */
  static final int RESIZING = 2;

  /** What the reallocation of the same thread came to. */
  static final int RESIZED = 3;

  /** The free or reallocation before it, of the same thread, was refused. */
  static final int REFUSED = 4;

  /** In the tag of an allocation: all of it was to be cleared. */
  static final int CLEARED = 8;

  /** In the tag of an allocation: an alignment follows the bytes. */
  static final int ALIGNED = 16;

  /** The most bytes of an event: a tag, three long numbers and a short one. */
  static final int MOST_EVENT_BYTES = 32;

  /** Addresses of blocks are multiples of 16. */
  static final int ADDRESS_SHIFT = 4;

  private TraceFormat() {}
}
