package io.hakmem.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.bench.workload.ProcessMemory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class JavaHeapTest {

  @Test
  void in_textOfSeveralParts_isFromTheLowestToTheHighest() {
    String serial =
        """
        DefNew     total 4928K, used 100K [0x00000000f0000000, 0x00000000f0550000, 0x00000000f5550000)
        Tenured    total 10944K, used 0K [0x00000000f5550000, 0x00000000f6000000, 0x0000000100000000)
        Metaspace  used 100K, committed 200K, reserved 1056768K
        """;
    assertThat(JavaHeap.in(serial)).contains(new JavaHeap(0xf0000000L, 0x100000000L));
  }

  @Test
  void in_textWithoutAddresses_isUnknown() {
    assertThat(JavaHeap.in("no heap")).isEmpty();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the kernel's list of mappings is Linux'")
  void residentBytes_ofThisJvm_isAPartOfTheProcess() {
    Optional<JavaHeap> heap = JavaHeap.find();
    assertThat(heap).isPresent();
    assertThat(heap.orElseThrow().residentBytes())
        .isBetween(1L << 20, ProcessMemory.exactResidentBytes());
  }
}
