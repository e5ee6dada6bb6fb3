package io.hakmem.fuzz.counted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.HakAllocator;
import java.lang.reflect.Constructor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of the allocator whose Java objects are counted. */
final class CountedLoaderTest {

  private static final CountedLoader LOADER = new CountedLoader();

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      classes = {
        CutOff.FirstAskedBlock.class,
        CutOff.ResizedBlock.class,
        CutOff.ReleasedMapping.class,
        CutOff.PagesOfExtents.class,
        CutOff.PagesOfEndedThread.class,
        CutOff.BlockOfVirtualThread.class,
        CutOffStart.BuiltAllocator.class,
        CutOffStart.StartedRecording.class
      })
  void call_thatMakesSomeObjectsOnly_losesNothing(Class<? extends Runnable> calls)
      throws Exception {
    copyOf(calls).run();
  }

  private static Runnable copyOf(Class<? extends Runnable> original) throws Exception {
    Constructor<?> constructor =
        Class.forName(original.getName(), true, LOADER).getDeclaredConstructor();
    constructor.setAccessible(true);
    return (Runnable) constructor.newInstance();
  }

  /** A call that makes objects, among copies. */
  static final class Description implements Runnable {

    Description() {}

    @Override
    public void run() {
      try (HakAllocator allocator = HakAllocator.create()) {
        long before = ObjectCount.thrown();
        ObjectCount.arm(3, true);
        assertThatThrownBy(allocator::describe).isInstanceOf(OutOfMemoryError.class);
        ObjectCount.disarm();
        assertThat(ObjectCount.thrown()).isGreaterThan(before);
        assertThat(allocator.describe()).isNotEmpty();
      }
    }
  }

  @Test
  void copies_thatMayMakeNoMoreObjects_throw() throws Exception {
    copyOf(Description.class).run();
  }

  @Test
  void originals_makeAsManyObjectsAsTheyLike() {
    try (HakAllocator allocator = HakAllocator.create()) {
      ObjectCount.arm(0, true);
      assertThat(allocator.describe()).isNotEmpty();
    } finally {
      ObjectCount.disarm();
    }
  }

  @Test
  void ask_behindTheLastObject_throwsOnceOrAlways() {
    ObjectCount.arm(1, false);
    ObjectCount.ask();
    assertThatThrownBy(ObjectCount::ask).isInstanceOf(OutOfMemoryError.class);
    ObjectCount.ask();
    ObjectCount.arm(0, true);
    assertThatThrownBy(ObjectCount::ask).isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(ObjectCount::ask).isInstanceOf(OutOfMemoryError.class);
    ObjectCount.disarm();
    ObjectCount.ask();
  }

  @Test
  void ask_insideOfAnInitialiser_neverThrows() {
    ObjectCount.arm(0, true);
    ObjectCount.beginInitialiser();
    ObjectCount.ask();
    ObjectCount.endInitialiser();
    assertThatThrownBy(ObjectCount::ask).isInstanceOf(OutOfMemoryError.class);
    ObjectCount.disarm();
  }

  @Test
  void ask_byAnotherThread_neverThrows() throws InterruptedException {
    ObjectCount.arm(0, true);
    Throwable[] thrown = new Throwable[1];
    Thread other =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((thread, error) -> thrown[0] = error)
            .start(ObjectCount::ask);
    other.join();
    ObjectCount.disarm();
    assertThat(thrown[0]).isNull();
  }

  @Test
  void jdkCalls_thatMakeObjects_areToldFromOthers() {
    assertThat(JdkCalls.mayMakeObjects("java/util/List", "add")).isTrue();
    assertThat(JdkCalls.mayMakeObjects("java/util/List", "get")).isFalse();
    assertThat(JdkCalls.mayMakeObjects("java/lang/Long", "valueOf")).isTrue();
    assertThat(JdkCalls.mayMakeObjects("java/lang/invoke/VarHandle", "getAndAdd")).isFalse();
    assertThat(JdkCalls.mayMakeObjects("java/util/function/Supplier", "get")).isFalse();
  }
}
