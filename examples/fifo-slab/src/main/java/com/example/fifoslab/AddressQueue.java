package com.example.fifoslab;

/**
 * A bounded queue of addresses.
 *
 * <p>Invariants: 0 ≤ size ≤ length of the array; the oldest address is at first.
 */
final class AddressQueue {

  private final long[] addresses;
  private int first;
  private int size;

  /** An empty queue for so many addresses, 1 or more. */
  AddressQueue(int most) {
    addresses = new long[most];
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == addresses.length;
  }

  /** Adds one; the queue must not be full. */
  void add(long address) {
    addresses[(first + size) % addresses.length] = address;
    size++;
  }

  /** Takes the oldest one; there must be one. */
  long poll() {
    long address = addresses[first];
    first = (first + 1) % addresses.length;
    size--;
    return address;
  }
}
