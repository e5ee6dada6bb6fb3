package io.hakmem.bench.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hakmem.bench.fork.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits of a small repository whose layout is that of this one. */
@Tag("slow")
final class CommitBuildTest {

  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>x</groupId>
        <artifactId>%s</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
        %s
      </project>
      """;

  @TempDir private Path dir;

  @BeforeEach
  void makeRepository() throws IOException, InterruptedException {
    git("init", "--quiet");
    Files.writeString(
        dir.resolve("pom.xml"), POM.formatted("all", "<modules><module>bench</module></modules>"));
    Path modules = Files.createDirectories(dir.resolve("bench/target/modules"));
    Files.writeString(dir.resolve("bench/pom.xml"), POM.formatted("bench", ""));
    Files.writeString(modules.resolve("core.jar"), "built");
    commit();
  }

  private void commit() throws IOException, InterruptedException {
    git("add", "--all");
    git("-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "--quiet", "-m", "x");
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", dir.toString()));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void build_commit_leavesItsModulesAndNoWorkTree() throws IOException, InterruptedException {
    CommitBuild builder = new CommitBuild(dir);
    Path modules = builder.build(builder.find("commit-a", "HEAD"));
    assertThat(modules.resolve("core.jar")).hasContent("built");
    assertThat(git("worktree", "list").lines()).hasSize(1);
  }

  @Test
  void build_brokenCommit_saysWhyAndLeavesNoWorkTree() throws IOException, InterruptedException {
    Files.writeString(dir.resolve("bench/pom.xml"), "<project><broken/></project>");
    commit();
    assertThatThrownBy(() -> new CommitBuild(dir).build("HEAD"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("commit HEAD does not build: ")
        .hasMessageContaining("broken");
    assertThat(git("worktree", "list").lines()).hasSize(1);
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
