package io.hakmem.bench.compare;

/** What a round measures. */
public enum Side {
  /** The first configuration, which the others are divided by. */
  A("A"),
  /** The second configuration. */
  B("B"),
  /** The first configuration again: what differs here is noise. */
  CONTROL("control");

  private final String label;

  Side(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
