package io.hakmem.bench.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.bench.fork.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits of a small repository whose layout is that of this one. */
@Tag("slow")
final class CommitBuildTest {

  @TempDir private Path dir;

  private SmallRepository repository;

  @BeforeEach
  void makeRepository() throws IOException, InterruptedException {
    repository = new SmallRepository(dir);
    Files.writeString(repository.modules().resolve("core.jar"), "built");
    repository.commit();
  }

  @Test
  void build_commit_leavesItsModulesAndNoWorkTree() throws IOException, InterruptedException {
    CommitBuild builder = new CommitBuild(dir);
    Path modules = builder.build(builder.find("commit-a", "HEAD"));
    assertThat(modules.resolve("core.jar")).hasContent("built");
    assertThat(repository.git("worktree", "list").lines()).hasSize(1);
  }

  @Test
  void build_brokenCommit_saysWhyAndLeavesNoWorkTree() throws IOException, InterruptedException {
    Files.writeString(dir.resolve("bench/pom.xml"), "<project><broken/></project>");
    repository.commit();
    assertThatThrownBy(() -> new CommitBuild(dir).build("HEAD"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("commit HEAD does not build: ")
        .hasMessageContaining("broken");
    assertThat(repository.git("worktree", "list").lines()).hasSize(1);
  }

  @Test
  void find_noCommit_isRefused() {
    assertThatThrownBy(() -> new CommitBuild(dir).find("commit-b", "none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("commit-b=none is no commit of " + dir);
    assertThatThrownBy(() -> new CommitBuild(dir).find("commit-b", "--all"))
        .hasMessageContaining("is no commit");
  }
}
