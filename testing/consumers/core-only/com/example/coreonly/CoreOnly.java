package com.example.coreonly;

import io.hakmem.HakAllocator;

/** Names no box, so an image of it has none. */
public final class CoreOnly {

  private CoreOnly() {}

  /** Ends with an exception that says what is missing. */
  public static void main(String[] arguments) {
    HakAllocator.create().close();
  }
}
