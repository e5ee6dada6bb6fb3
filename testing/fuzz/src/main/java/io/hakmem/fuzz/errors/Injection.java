package io.hakmem.fuzz.errors;

import io.hakmem.BoxFailedException;
import io.hakmem.fuzz.fault.Fault;
import java.util.SplittableRandom;

/** Lets one of the next calls of a part throw, until the call is over. */
final class Injection implements Scarcity {

  private static final int MOST_FAILURES = 6;
  private static final int MOST_CALLS_BEFORE = 3;

  private final Fault fault;
  private final SplittableRandom random;
  private long attempts;
  private long cut;

  Injection(Fault fault, SplittableRandom random) {
    this.fault = fault;
    this.random = random;
  }

  @Override
  public void exhaust(DrawnCall call) {
    for (int i = 0; i < MOST_FAILURES && !call.over; i++) {
      arm();
      attempt(call, true);
    }
    fault.disarm();
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
    fault.arm(random.nextInt(MOST_CALLS_BEFORE), random.nextBoolean(), error);
  }

  private void attempt(DrawnCall call, boolean mayThrow) {
    attempts++;
    long fired = fault.fired();
    try {
      call.make();
      call.over = true;
    } catch (Throwable thrown) {
      boolean expected = mayThrow && fault.fired() > fired;
      if (expected && isFailure(call.kind, thrown)) {
        call.cutBy = thrown;
      } else {
        call.thrown = thrown;
        call.over = true;
      }
    }
    cut += fault.fired() - fired;
  }

  /** What a part throws comes out of some calls as it is. */
  private static boolean isFailure(DrawnCall.Kind kind, Throwable thrown) {
    return thrown instanceof VirtualMachineError
        || thrown instanceof BoxFailedException
        || kind == DrawnCall.Kind.INVARIANTS
        || kind == DrawnCall.Kind.CLOSE;
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
