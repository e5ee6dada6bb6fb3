package io.hakmem.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class ClassCopiesTest {

  private static final int MOST_COPIES = 64;
  private static final MethodType TYPE = MethodType.methodType(void.class, String.class);

  private final ClassCopies copies =
      new ClassCopies(CopiedClass.class, MethodHandles.lookup(), TYPE);

  @Test
  void copies_ofTwoKinds_areTwoClassesThatKnowTheirs() throws Throwable {
    Supplier<?> first = made(copies.of("first"));
    Supplier<?> second = made(copies.of("second"));
    assertThat(first.get()).isEqualTo("it of first");
    assertThat(second.get()).isEqualTo("it of second");
    assertThat(first.getClass()).isNotEqualTo(second.getClass()).matches(Class::isHidden);
  }

  @Test
  void copies_ofOneKind_areOneClass() throws Throwable {
    assertThat(made(copies.of(List.of("kind"))).getClass())
        .isEqualTo(made(copies.of(List.of("kind"))).getClass());
  }

  @Test
  void copies_beyondTheMost_areTheClassItself() throws Throwable {
    for (int i = 0; i < MOST_COPIES; i++) {
      assertThat(made(copies.of(i)).getClass()).isNotEqualTo(CopiedClass.class);
    }
    Supplier<?> last = made(copies.of("last"));
    assertThat(last).isInstanceOf(CopiedClass.class);
    assertThat(last.get()).isEqualTo("it of null");
    assertThat(made(copies.of(0)).get()).as("known before").isEqualTo("it of 0");
  }

  @Test
  void copies_whereNoClassCanBeDefined_areTheClassItself() throws Throwable {
    MethodHandles.Lookup mayNotDefine =
        MethodHandles.lookup().dropLookupMode(MethodHandles.Lookup.PRIVATE);
    ClassCopies none = new ClassCopies(CopiedClass.class, mayNotDefine, TYPE);
    assertThat(made(none.of("kind"))).isInstanceOf(CopiedClass.class);
  }

  @Test
  void operations_ofEachKind_areOfAClassOfTheirOwn() {
    Operations one = OperationsByKind.of("one");
    assertThat(one.getClass())
        .isNotEqualTo(OperationsByKind.of("two").getClass())
        .isNotEqualTo(OperationsByKind.of(null).getClass());
    assertThat(OperationsByKind.of("one")).isSameAs(one);
  }

  @Test
  void constructor_thatIsAbsent_isRefused() {
    ClassCopies wrong =
        new ClassCopies(
            CopiedClass.class,
            MethodHandles.lookup(),
            MethodType.methodType(void.class, int.class));
    assertThatThrownBy(() -> wrong.of("kind")).hasMessageContaining("has no constructor");
  }

  private static Supplier<?> made(MethodHandle constructor) throws Throwable {
    return (Supplier<?>) constructor.invoke("it");
  }
}
