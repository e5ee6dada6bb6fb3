package io.hakmem.gate;

/** What a block contains when it is handed out. */
public enum ZeroMode {
  /** Zeros, over all usable bytes. */
  FULL,
  /** Zeros in the first 16 bytes only; the rest is whatever was there. */
  HEADER,
  /** Whatever was there. */
  OFF
}
