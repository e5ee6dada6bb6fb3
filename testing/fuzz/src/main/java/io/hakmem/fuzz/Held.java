package io.hakmem.fuzz;

/** Live blocks and what their holder wrote into them; only its thread calls it. */
public final class Held {

  final long[] addresses;
  final long[] sizes;
  final long[] marks;

  /** Whether this thread allocated the block, so that nobody else can get it in its next moment. */
  final boolean[] own;

  private int count;

  /** Of at most so many blocks. */
  public Held(int most) {
    addresses = new long[most];
    sizes = new long[most];
    marks = new long[most];
    own = new boolean[most];
  }

  /** Blocks that are held now. */
  public int count() {
    return count;
  }

  /** What was asked for of all of them. */
  long bytes() {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += sizes[i];
    }
    return sum;
  }

  /** Whether there is no room for another one. */
  public boolean isFull() {
    return count == addresses.length;
  }

  /** Holds another one. */
  public void add(long address, long size, long mark, boolean allocatedHere) {
    addresses[count] = address;
    sizes[count] = size;
    marks[count] = mark;
    own[count] = allocatedHere;
    count++;
  }

  /** Where one begins. */
  public long address(int at) {
    return addresses[at];
  }

  /** What was asked for of one. */
  public long size(int at) {
    return sizes[at];
  }

  /** What its holder wrote. */
  public long mark(int at) {
    return marks[at];
  }

  /** Forgets one; the last takes its place. */
  public void remove(int at) {
    count--;
    addresses[at] = addresses[count];
    sizes[at] = sizes[count];
    marks[at] = marks[count];
    own[at] = own[count];
  }
}
