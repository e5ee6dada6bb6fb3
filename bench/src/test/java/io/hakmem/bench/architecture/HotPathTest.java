package io.hakmem.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The law of the hot path, read from the bytecode: boxes and gates decide while composing, so that
 * an operation that hits calls none of them.
 */
final class HotPathTest {

  /** Every operation that a program repeats. */
  @ParameterizedTest
  @CsvSource({
    "io/hakmem/HakAllocator, allocate(J)J",
    "io/hakmem/HakAllocator, free(J)V",
    "io/hakmem/Heap, allocate(J)J",
    "io/hakmem/Heap, free(J)V",
  })
  void operation_onAHit_keepsTheLaw(String owner, String signature) throws IOException {
    HotPath path = new HotPath(owner, signature);
    assertThat(path.methods()).as("methods of the path").hasSizeGreaterThan(1);
    assertThat(path.violations()).isEmpty();
  }
}
