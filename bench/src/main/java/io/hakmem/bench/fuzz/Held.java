package io.hakmem.bench.fuzz;

/** Live blocks and what their holder wrote into them; only its thread calls it. */
final class Held {

  final long[] addresses;
  final long[] sizes;
  final long[] marks;

  /** Whether this thread allocated the block, so that nobody else can get it in its next moment. */
  final boolean[] own;

  private int count;

  Held(int most) {
    addresses = new long[most];
    sizes = new long[most];
    marks = new long[most];
    own = new boolean[most];
  }

  int count() {
    return count;
  }

  boolean isFull() {
    return count == addresses.length;
  }

  void add(long address, long size, long mark, boolean allocatedHere) {
    addresses[count] = address;
    sizes[count] = size;
    marks[count] = mark;
    own[count] = allocatedHere;
    count++;
  }

  /** Forgets one; the last takes its place. */
  void remove(int at) {
    count--;
    addresses[at] = addresses[count];
    sizes[at] = sizes[count];
    marks[at] = marks[count];
    own[at] = own[count];
  }
}
