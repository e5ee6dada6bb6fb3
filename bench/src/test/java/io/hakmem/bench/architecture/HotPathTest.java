package io.hakmem.bench.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The law of the hot path, read from the bytecode: boxes and gates decide while composing, so that
 * an operation that hits calls none of them.
 */
final class HotPathTest {

  /** Every operation that a program repeats. */
  @ParameterizedTest
  @CsvSource({
    "io/hakmem/OwnAllocator, allocate(J)J, 5",
    "io/hakmem/OwnAllocator, allocate(Lio/hakmem/heap/LocalHeap;J)J, 5",
    "io/hakmem/OwnAllocator, allocateZeroed(J)J, 5",
    "io/hakmem/OwnAllocator, allocate(JJ)J, 5",
    "io/hakmem/OwnAllocator, free(J)V, 2",
    "io/hakmem/Heap, allocate(J)J, 2",
    "io/hakmem/Heap, free(J)V, 2",
    "io/hakmem/heap/HotPath, allocate(Lio/hakmem/heap/LocalHeap;J)J, 1",
    "io/hakmem/heap/HotPath, allocateAtOnce(Lio/hakmem/heap/LocalHeap;Lio/hakmem/heap/Bin;)J, 5",
    "io/hakmem/heap/HotPath, free(Lio/hakmem/heap/FreePath;J)V, 2",
  })
  void operation_onAHit_keepsTheLaw(String owner, String signature, int leastMethods)
      throws IOException {
    HotPath path = new HotPath(owner, signature);
    assertThat(path.methods()).as("methods of the path").hasSizeGreaterThanOrEqualTo(leastMethods);
    assertThat(path.violations()).isEmpty();
  }

  /** What a box does at once stands under the same law, since a collector stops it as a hit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io/hakmem/pool/v1/PoolV1",
        "io/hakmem/pool/v2/V2Box",
        "io/hakmem/pool/v2/HeaderV2Box",
        "io/hakmem/tinyfront/TinyBox",
      })
  void box_servingAtOnce_keepsTheLaw(String box) throws IOException {
    String bin = "Lio/hakmem/heap/LocalHeap;Lio/hakmem/heap/Bin;";
    String page = "Lio/hakmem/heap/LocalHeap;Lio/hakmem/heap/Page;I";
    HotPath allocate = new HotPath(box, "allocateAtOnce(%s)J".formatted(bin));
    assertThat(allocate.methods()).as("methods of the path").hasSizeGreaterThan(1);
    assertThat(allocate.violations()).isEmpty();
    assertThat(new HotPath(box, "freeAtOnce(%s)Z".formatted(page)).violations())
        .as("but that a box may override it, whose own is read as well")
        .allMatch(
            violation ->
                violation.equals("V2Box.freeAtOnce can be overridden by code that was not read"));
  }
}
