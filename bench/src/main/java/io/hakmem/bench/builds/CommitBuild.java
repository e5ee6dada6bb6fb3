package io.hakmem.bench.builds;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds the allocator of a commit in a work tree of its own, which is gone afterwards. */
public final class CommitBuild {

  private static final String MODULES = "bench/target/modules";

  private final Path repository;

  /** Builds commits of the repository that this folder lies in. */
  public CommitBuild(Path repository) {
    this.repository = repository;
  }

  private record Ended(int code, String output) {}

  /**
   * Finds a commit.
   *
   * @param option the name of the option that it was given by
   * @return its name in full
   * @throws IllegalArgumentException if there is none of that name; it begins with the option
   */
  public String find(String option, String commit) throws IOException, InterruptedException {
    Ended found = run(repository, git("rev-parse", "--verify", "--quiet", commit + "^{commit}"));
    if (found.code != 0 || commit.startsWith("-")) {
      throw new IllegalArgumentException(option + "=" + commit + " is no commit of " + repository);
    }
    return found.output.strip();
  }

  /**
   * Builds a commit, which takes a minute or two.
   *
   * @return the folder of its modules, which goes with this JVM
   * @throws CommandFailure if it does not compile
   */
  public Path build(String commit) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(Scratch.folder(), "build");
    Path tree = folder.resolve("tree");
    run(repository, git("worktree", "prune"));
    String path = tree.toString();
    check(
        commit, tree, run(repository, git("worktree", "add", "--quiet", "--detach", path, commit)));
    try {
      check(commit, tree, run(tree, maven()));
      return copied(tree.resolve(MODULES), folder.resolve("modules"));
    } finally {
      run(repository, git("worktree", "remove", "--force", path));
    }
  }

  private static Path copied(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> jars = Files.list(from)) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, to.resolve(jar.getFileName()));
      }
    }
    return to;
  }

  private static void check(String commit, Path tree, Ended ended) {
    if (ended.code != 0) {
      throw new CommandFailure(
          "commit " + commit + " does not build: " + BuildErrors.reason(ended.output, tree));
    }
  }

  private static List<String> git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> maven() {
    return List.of(
        "mvn",
        "-B",
        "-q",
        "-Dstyle.color=never", // Its errors are shown.
        "-Dmaven.test.skip=true",
        "package",
        "-pl",
        "bench",
        "-am");
  }

  private static Ended run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(Scratch.folder(), "build", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      int code = process.waitFor();
      return new Ended(code, new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
