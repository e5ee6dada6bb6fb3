package io.hakmem.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.OutOfNativeMemoryException;
import io.hakmem.spi.PageSource;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a source throws has one meaning, whatever it is. */
final class GuardedSourceTest {

  private static final long BYTES = PageSource.GRANULE_BYTES;

  static List<Throwable> failures() {
    return List.of(
        new IllegalStateException("injected"),
        new OutOfMemoryError("injected"),
        new InternalError("injected"),
        new AssertionError("injected"),
        new NoClassDefFoundError("injected"));
  }

  /** A source that has a name, and throws from every other call. */
  private static GuardedSource throwing(Throwable failure) {
    Object source =
        Proxy.newProxyInstance(
            PageSource.class.getClassLoader(),
            new Class<?>[] {PageSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("name")) {
                return "throwing";
              }
              throw failure;
            });
    return new GuardedSource((PageSource) source);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void reserveAndCommit_thatThrow_areOutOfMemory(Throwable failure) {
    GuardedSource source = throwing(failure);
    assertThatThrownBy(() -> source.reserve(BYTES))
        .isInstanceOf(OutOfNativeMemoryException.class)
        .hasMessageContaining("reserve failed in page source throwing")
        .hasCause(failure);
    assertThatThrownBy(() -> source.commit(BYTES, BYTES))
        .isInstanceOf(OutOfNativeMemoryException.class)
        .hasMessageContaining("commit failed in page source throwing")
        .hasCause(failure);
    assertThat(source.isInside()).isFalse();
  }

  @Test
  void reserveAndCommit_atTheEndOfTheStack_sayThat() {
    GuardedSource source = throwing(new StackOverflowError("injected"));
    assertThatThrownBy(() -> source.reserve(BYTES)).isInstanceOf(StackOverflowError.class);
    assertThatThrownBy(() -> source.commit(BYTES, BYTES)).isInstanceOf(StackOverflowError.class);
    assertThat(source.isInside()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void decommit_thatThrows_isToBeTriedAgain(Throwable failure) {
    GuardedSource source = throwing(failure);
    assertThat(source.decommit(BYTES, BYTES)).isFalse();
    assertThat(source.refusedDecommits()).isEqualTo(1);
    assertThat(source.isInside()).isFalse();
  }

  /** A source that writes down in which of its calls the caller is known to be inside. */
  private static GuardedSource watched(List<String> inside) {
    GuardedSource[] guarded = new GuardedSource[1];
    Object source =
        Proxy.newProxyInstance(
            PageSource.class.getClassLoader(),
            new Class<?>[] {PageSource.class},
            (proxy, method, arguments) -> {
              if (guarded[0].isInside()) {
                inside.add(method.getName());
              }
              return null;
            });
    guarded[0] = new GuardedSource((PageSource) source);
    return guarded[0];
  }

  /** Whoever is inside must not come back into structures that are about to change. */
  @Test
  void calls_thatChangeMemory_areKnownToBeInside() {
    List<String> inside = new ArrayList<>();
    GuardedSource source = watched(inside);
    source.commit(BYTES, BYTES);
    source.decommit(BYTES, BYTES);
    source.discard(BYTES, BYTES);
    source.preferHugePages(BYTES, BYTES);
    source.preferSmallPages(BYTES, BYTES);
    source.close();
    assertThat(inside)
        .containsExactly(
            "commit", "decommit", "discard", "preferHugePages", "preferSmallPages", "close");
    assertThat(source.isInside()).isFalse();
  }
}
