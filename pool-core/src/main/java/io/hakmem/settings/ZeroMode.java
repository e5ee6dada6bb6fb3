package io.hakmem.settings;

/** What a block contains when it is handed out. */
public enum ZeroMode {
  /** Zeros, over the whole block. */
  FULL,
  /** Zeros in the block's header only; the rest is whatever was there. */
  HEADER,
  /** Whatever was there. */
  OFF
}
