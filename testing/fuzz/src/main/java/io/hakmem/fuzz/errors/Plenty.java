package io.hakmem.fuzz.errors;

/** Makes each call once, with nothing scarce, so that all classes are initialised. */
final class Plenty implements Scarcity {

  private long attempts;

  @Override
  public void exhaust(DrawnCall call) {
    attempts++;
    try {
      call.make();
    } catch (Throwable thrown) {
      call.thrown = thrown;
    }
    call.over = true;
  }

  @Override
  public long attempts() {
    return attempts;
  }

  @Override
  public long cut() {
    return 0;
  }
}
