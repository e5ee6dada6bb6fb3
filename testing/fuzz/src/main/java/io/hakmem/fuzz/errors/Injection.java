package io.hakmem.fuzz.errors;

import java.util.SplittableRandom;

/** Lets one of the next calls of the page source throw, until the call is over. */
final class Injection implements Scarcity {

  private static final int MOST_FAILURES = 6;
  private static final int MOST_CALLS_BEFORE = 3;

  private final FailingSource source;
  private final SplittableRandom random;
  private long attempts;
  private long cut;

  Injection(FailingSource source, SplittableRandom random) {
    this.source = source;
    this.random = random;
  }

  @Override
  public void exhaust(DrawnCall call) {
    for (int i = 0; i < MOST_FAILURES && !call.over; i++) {
      arm();
      attempt(call, true);
    }
    source.disarm();
    if (!call.over) {
      attempt(call, false);
    }
  }

  private void arm() {
    Throwable error =
        switch (random.nextInt(3)) {
          case 0 -> new OutOfMemoryError("injected");
          case 1 -> new StackOverflowError("injected");
          default -> new IllegalStateException("injected");
        };
    source.arm(random.nextInt(MOST_CALLS_BEFORE), random.nextBoolean(), error);
  }

  private void attempt(DrawnCall call, boolean mayThrow) {
    attempts++;
    long fired = source.fired();
    try {
      call.make();
      call.over = true;
    } catch (Throwable thrown) {
      boolean expected = mayThrow && source.fired() > fired;
      boolean isError = thrown instanceof VirtualMachineError;
      if (expected && (isError || call.kind == DrawnCall.Kind.CLOSE)) {
        call.cutBy = thrown;
      } else {
        call.thrown = thrown;
        call.over = true;
      }
    }
    cut += source.fired() - fired;
  }

  @Override
  public long attempts() {
    return attempts;
  }

  @Override
  public long cut() {
    return cut;
  }
}
