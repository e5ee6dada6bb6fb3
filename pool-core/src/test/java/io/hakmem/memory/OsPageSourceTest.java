package io.hakmem.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.spi.PageSource;
import io.hakmem.spi.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the page source os needs Linux")
final class OsPageSourceTest extends PageSourceContract {

  private static final long BIG = 256 << 20;

  /** What the rest of the JVM may take or give back meanwhile. */
  private static final long NOISE = 96 << 20;

  @Override
  PageSource newSource() {
    return new OsPageSource();
  }

  @Override
  String reserveFailure() {
    return "mmap failed with errno 12 \\(Cannot allocate memory\\) in page source os";
  }

  private static long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps_rollup"))) {
      if (line.startsWith("Rss:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no Rss in smaps_rollup");
  }

  @Test
  void reserve_moreThanTheMachineHas_costsAddressSpaceOnly() throws IOException {
    long before = residentBytes();
    Region region = source.reserve(1L << 40);
    source.commit(region.base(), 1L << 30);
    assertThat(residentBytes()).isLessThan(before + NOISE);
  }

  @Test
  void decommit_touched_givesMemoryBack() throws IOException {
    Region region = source.reserve(BIG);
    source.commit(region.base(), BIG);
    long before = residentBytes();
    fill(region, region.base(), BIG);
    long touched = residentBytes();
    assertThat(touched).isGreaterThan(before + BIG - NOISE);
    source.decommit(region.base(), BIG);
    assertThat(residentBytes()).isLessThan(touched - BIG + NOISE);
  }

  @Test
  void release_touched_givesMemoryBack() throws IOException {
    Region region = source.reserve(BIG);
    source.commit(region.base(), BIG);
    fill(region, region.base(), BIG);
    long touched = residentBytes();
    source.release(region);
    assertThat(residentBytes()).isLessThan(touched - BIG + NOISE);
  }

  private static String flagsOfMapping(long base) throws IOException {
    boolean found = false;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      found |= line.startsWith(Long.toHexString(base) + "-");
      if (found && line.startsWith("VmFlags:")) {
        return line;
      }
    }
    throw new IOException("no mapping begins at 0x" + Long.toHexString(base));
  }

  @Test
  void preferHugePages_partOfARegion_advisesThatPartAlone() throws IOException {
    Region region = source.reserve(BIG);
    source.commit(region.base(), BIG);
    source.preferHugePages(region.base() + BIG / 2, BIG / 2);
    assertThat(flagsOfMapping(region.base())).doesNotContain(" hg");
    assertThat(flagsOfMapping(region.base() + BIG / 2)).contains(" hg");
  }

  @Test
  void release_moreThanTheAddressSpaceInTotal_givesAddressSpaceBack() {
    for (int i = 0; i < 100; i++) {
      source.release(source.reserve(1L << 42));
    }
  }

  @Test
  void preferredRegionBytes_large_isWhatWasConfigured() {
    assertThat(source.preferredRegionBytes(1 << 30)).isEqualTo(1 << 30);
  }
}
