package com.example.fifoslab;

import io.hakmem.gate.Gate;
import java.util.List;

/** The gates of the box. */
final class FifoSlabGates {

  static final Gate<Boolean> ENABLE =
      Gate.flag(
          "HAKMEM_FIFO_SLAB_ENABLE",
          false,
          "The box fifo-slab serves its sizes; off, those behind it do.");

  static final Gate<Long> HELD =
      Gate.integer(
          "HAKMEM_FIFO_SLAB_HELD",
          64,
          1,
          4096,
          "blocks",
          "Freed blocks that each heap holds back, at most, of each class.");

  static final List<Gate<?>> ALL = List.of(ENABLE, HELD);

  private FifoSlabGates() {}
}
