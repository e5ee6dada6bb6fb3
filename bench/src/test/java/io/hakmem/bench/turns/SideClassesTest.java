package io.hakmem.bench.turns;

import static org.assertj.core.api.Assertions.assertThat;

import io.hakmem.HakAllocator;
import io.hakmem.bench.builds.AllocatorBuild;
import io.hakmem.bench.load.MidLarge;
import io.hakmem.bench.peer.Blocks;
import io.hakmem.spi.PageDirectoryProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each side has classes of its own, and its allocator comes from where it was told. */
final class SideClassesTest {

  private static final List<Class<?>> MEASURED =
      List.of(HakAllocator.class, MidLarge.class, Blocks.class, SideLoop.class);

  @Test
  void entry_calledTwice_definesAllThatIsMeasuredTwice() throws Exception {
    ClassLoader first = SideClasses.entry(AllocatorBuild.RUNNING).getClassLoader();
    ClassLoader second = SideClasses.entry(AllocatorBuild.RUNNING).getClassLoader();
    for (Class<?> here : MEASURED) {
      Class<?> one = first.loadClass(here.getName());
      Class<?> other = second.loadClass(here.getName());
      assertThat(one).isNotSameAs(other).isNotSameAs(here);
      assertThat(other).isNotSameAs(here);
    }
  }

  @Test
  void entry_ofAnotherBuild_takesTheAllocatorFromThereAndTheLoadsFromHere(@TempDir Path dir)
      throws Exception {
    Path built = place(HakAllocator.class);
    Path core = dir.resolve(built.getFileName());
    copy(built, core);
    ClassLoader loader = SideClasses.entry(new AllocatorBuild(dir, null)).getClassLoader();
    assertThat(place(loader.loadClass(HakAllocator.class.getName()))).isEqualTo(core);
    assertThat(place(loader.loadClass(MidLarge.class.getName()))).isEqualTo(place(MidLarge.class));
    // The boxes of the running build have no place in another.
    assertThat(loader.getResource("META-INF/services/" + PageDirectoryProvider.class.getName()))
        .isNull();
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
