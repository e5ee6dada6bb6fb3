package io.hakmem.bench.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Linux refuses what the page source {@code os} asks for, in a JVM of its own. */
@Tag("slow")
@EnabledOnOs(value = OS.LINUX, disabledReason = "the page source os needs Linux")
final class RefusingSystemTest {

  @TempDir private Path folder;

  private void assertHolds(String tried) throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            folder, RefusingSystemProgram.class, tried, "-Xint", "-XX:+UseSerialGC", "-Xmx64m");
    assertThat(outcome.out()).endsWith(RefusingSystemProgram.HELD + "\n");
    assertThat(outcome.exit()).isZero();
  }

  @Test
  void allocate_commitThatIsRefused_leavesOldSegmentsReadable() throws Exception {
    assertHolds("segment");
  }

  @Test
  void allocate_inLittleAddressSpace_reservesLess() throws Exception {
    assertHolds("address-space");
  }

  @Test
  void commit_refusedBehindAnAccessiblePart_leavesThatPart() throws Exception {
    assertHolds("commit");
  }

  @Test
  void release_munmapThatIsRefused_canBeRepeatedAndCloseToo() throws Exception {
    assertHolds("release");
  }

  @Test
  void free_munmapThatIsRefused_staysInTheFiguresAndIsTriedAgain() throws Exception {
    assertHolds("unmap");
  }
}
