package io.hakmem.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hakmem.gate.Settings;
import io.hakmem.heap.Bin;
import io.hakmem.heap.LocalHeap;
import io.hakmem.heap.Page;
import io.hakmem.paged.PagePolicy;
import io.hakmem.paged.PagedBin;
import io.hakmem.paged.PagedBox;
import io.hakmem.spi.BoxContext;
import io.hakmem.spi.BoxReport;
import io.hakmem.spi.PoolBox;
import io.hakmem.spi.PoolBoxProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hook of a box throws an Error while pages of an ended thread are taken over. */
@Timeout(60)
final class ThrowingHooksTest {

  private static final long[] SIZES = {1024, 4096};
  private static final int BLOCKS = 300;

  private enum Hook {
    PREPARE,
    ADOPTED,
    RETIRED,
    RELEASE_HELD,
    REPORT
  }

  private static final class HookedBox extends PagedBox {

    private Hook failing = Hook.PREPARE;
    private int left = -1;

    private HookedBox(BoxContext context) {
      super(context, PagePolicy.standard("hooked_"), SIZES);
    }

    private void failAt(Hook hook, int call) {
      failing = hook;
      left = call;
    }

    private void called(Hook hook) {
      if (hook == failing) {
        left--;
        if (left == -1) {
          throw new InternalError("injected in " + hook);
        }
      }
    }

    @Override
    public String name() {
      return "hooked";
    }

    @Override
    protected void prepare(LocalHeap heap, PagedBin bin, Page page) {
      called(Hook.PREPARE);
    }

    @Override
    protected void adopted(LocalHeap heap, Bin bin, Page page) {
      called(Hook.ADOPTED);
    }

    @Override
    protected void retired(LocalHeap heap, Page page) {
      called(Hook.RETIRED);
    }

    @Override
    protected void releaseHeld(LocalHeap heap) {
      called(Hook.RELEASE_HELD);
    }

    @Override
    public BoxReport report() {
      called(Hook.REPORT);
      return super.report();
    }
  }

  private static PoolBoxProvider provider() {
    return new PoolBoxProvider() {
      @Override
      public String name() {
        return "hooked";
      }

      @Override
      public int place() {
        return 100;
      }

      @Override
      public boolean isSelected(Settings settings) {
        return true;
      }

      @Override
      public PoolBox create(BoxContext context) {
        return new HookedBox(context);
      }
    };
  }

  @Test
  void adoption_prepareThatThrows_isContinuedByTheNextThread() {
    assertContinued(Hook.PREPARE);
  }

  @Test
  void adoption_adoptedThatThrows_isContinuedByTheNextThread() {
    assertContinued(Hook.ADOPTED);
  }

  @Test
  void adoption_retiredThatThrows_isContinuedByTheNextThread() {
    assertContinued(Hook.RETIRED);
  }

  @Test
  void adoption_releaseHeldThatThrows_isContinuedByTheNextThread() {
    assertContinued(Hook.RELEASE_HELD);
  }

  @Test
  void adoption_reportThatThrows_isContinuedByTheNextThread() {
    assertContinued(Hook.REPORT);
  }

  private static void assertContinued(Hook hook) {
    int thrown = 0;
    for (int call = 0; call < 12; call++) {
      thrown += adopt(hook, call) ? 1 : 0;
    }
    assertThat(thrown).isPositive();
  }

  /** Returns whether the first heir threw. */
  private static void leaveBlocks(BoxUnderTest test, LocalHeap mortal, List<Long> blocks) {
    for (long bytes : SIZES) {
      for (int i = 0; i < BLOCKS; i++) {
        blocks.add(mortal.allocate(bytes));
      }
    }
    blocks.subList(0, BLOCKS / 2).forEach(test.frees::free);
    blocks.subList(0, BLOCKS / 2).clear();
  }

  private static void takeOver(BoxUnderTest test, LocalHeap heir, List<Long> blocks) {
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(heir.allocate(SIZES[0]));
    }
    test.flush(heir);
    test.liveBytes();
  }

  private static boolean adopt(Hook hook, int call) {
    BoxUnderTest test =
        new BoxUnderTest(List.of(provider()), Providers.settings(List.of(provider()), Map.of()));
    HookedBox box = (HookedBox) test.box;
    List<Long> blocks = new ArrayList<>();
    test.onThread(mortal -> leaveBlocks(test, mortal, blocks));
    AtomicBoolean thrown = new AtomicBoolean();
    test.onThread(
        heir -> {
          box.failAt(hook, call);
          Throwable failure = catchThrowable(() -> takeOver(test, heir, blocks));
          thrown.set(failure instanceof InternalError);
          box.failAt(hook, -1);
        });
    List<Long> some = List.copyOf(blocks.subList(0, blocks.size() / 2));
    blocks.removeAll(some);
    Threads.runToItsEnd(() -> some.forEach(test.frees::free)); // Has no heap of its own.
    test.onThread(next -> blocks.add(next.allocate(SIZES[1])));
    LocalHeap last = test.newHeap(Thread.currentThread());
    blocks.add(last.allocate(SIZES[0]));
    test.flush(last);
    test.checkInvariants(last);
    blocks.forEach(test.frees::free);
    test.flush(last);
    assertThat(test.liveBytes()).isZero();
    assertThat(test.supply.outBytes()).isZero();
    return thrown.get();
  }
}
