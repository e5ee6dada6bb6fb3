package io.hakmem.bench.builds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repository whose layout is that of this one. Maven finds its modules built already. */
public final class SmallRepository {

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

  private final Path dir;

  /** Makes it in a folder that is there, without a commit. */
  public SmallRepository(Path dir) throws IOException, InterruptedException {
    this.dir = dir;
    git("init", "--quiet");
    Files.writeString(
        dir.resolve("pom.xml"), POM.formatted("all", "<modules><module>bench</module></modules>"));
    Files.createDirectories(modules());
    Files.writeString(dir.resolve("bench/pom.xml"), POM.formatted("bench", ""));
  }

  /** Where a build leaves its modules. */
  public Path modules() {
    return dir.resolve("bench/target/modules");
  }

  /** Commits what is there, be it nothing new. */
  public void commit() throws IOException, InterruptedException {
    git("add", "--all");
    git(
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@localhost",
        "commit",
        "--quiet",
        "--allow-empty",
        "-m",
        "x");
  }

  /** Returns what git prints. */
  public String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", dir.toString()));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(output).isZero();
    return output;
  }
}
