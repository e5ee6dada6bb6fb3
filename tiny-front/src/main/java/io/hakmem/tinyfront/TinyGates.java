package io.hakmem.tinyfront;

import io.hakmem.gate.Gate;
import java.util.List;

/** The gates of the tiny front. */
final class TinyGates {

  static final Gate<TinyHeapProfile> PROFILE =
      Gate.choice(
          "HAKMEM_TINY_HEAP_PROFILE",
          TinyHeapProfile.class,
          TinyHeapProfile.C7_SAFE,
          "c7_safe puts the tiny front before every other box; legacy leaves it out, and its other"
              + " gates mean nothing.");

  static final Gate<Boolean> HEAP =
      Gate.flag(
          "HAKMEM_SMALL_HEAP_V3_ENABLED",
          true,
          "The front has pages of its own for the classes of the mask; off, it has none for any"
              + " class, so it is out, as with the profile legacy.");

  static final Gate<Long> CLASSES =
      Gate.mask(
          "HAKMEM_SMALL_HEAP_V3_CLASSES",
          TinyClasses.C7_MASK,
          TinyClasses.COUNT,
          "The classes that the front serves, a bit each from C0 = 8 B to C7 = 1024 B; blocks of C0"
              + " have 16 B, like those of C1. 0x0 is refused while the front takes part.");

  static final Gate<Boolean> C7_HOT =
      Gate.flag(
          "HAKMEM_TINY_C7_HOT",
          true,
          "Heaps pop and push the pages of C7 by themselves; off, the front is asked for each"
              + " operation of C7, and counts it. Nothing where the mask leaves C7 out.");

  static final Gate<Boolean> FRONT =
      Gate.flag(
          "HAKMEM_TINY_FRONT_V3_ENABLED",
          true,
          "Heaps pop and push the pages of the front's classes below C7 by themselves; off, the"
              + " front is asked for each operation of them, and counts it. Nothing where the mask"
              + " has C7 alone.");

  static final Gate<Boolean> TABLE =
      Gate.alwaysOn(
          "HAKMEM_TINY_FRONT_V3_LUT_ENABLED",
          "A heap's table leads from a size to the bin with the pages. It cannot be left out: the"
              + " table belongs to the heap, which asks no box before it has found a bin by it.");

  static final Gate<Boolean> CLASSIFY =
      Gate.flag(
          "HAKMEM_TINY_PTR_FAST_CLASSIFY_ENABLED",
          true,
          "The page table tells a free on the heap's own way whose the address is; off, each free"
              + " of the front's blocks goes through the directory and the front, which counts it"
              + " as classified slow.");

  static final Gate<Boolean> HOT_HEAP =
      Gate.flag(
          "HAKMEM_TINY_HOTHEAP_V2",
          false,
          "A collection leaves each bin of the front one empty page beside the current one, so that"
              + " it is refilled less often; off, it leaves none.");

  static final Gate<Boolean> LARSON_FIX =
      Gate.flag(
          "HAKMEM_TINY_LARSON_FIX",
          true,
          "A bin of the front without free blocks takes back what other threads freed before it"
              + " gets a page; off, such blocks wait for a trim or the end of the thread.");

  static final List<Gate<?>> ALL =
      List.of(PROFILE, HEAP, CLASSES, C7_HOT, FRONT, TABLE, CLASSIFY, HOT_HEAP, LARSON_FIX);

  private TinyGates() {}
}
