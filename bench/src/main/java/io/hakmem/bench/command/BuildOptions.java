package io.hakmem.bench.command;

import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.fork.BoxPath;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.bench.turns.AllocatorBuild;
import io.hakmem.bench.turns.CommitBuild;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose the builds that are compared. */
final class BuildOptions {

  private static final String HOME = "hakmem.bench.home";

  @Option(
      names = "--modules-a",
      paramLabel = "DIR",
      description = "Take A's allocator from another build's bench/target/modules.")
  private @Nullable Path modulesOfA;

  @Option(names = "--modules-b", paramLabel = "DIR", description = "Likewise B's.")
  private @Nullable Path modulesOfB;

  @Option(
      names = "--commit-a",
      paramLabel = "COMMIT",
      description = "Build A's allocator from a commit of this repository.")
  private @Nullable String commitOfA;

  @Option(names = "--commit-b", paramLabel = "COMMIT", description = "Likewise B's.")
  private @Nullable String commitOfB;

  /** The builds of both sides. */
  record Builds(Build a, Build b) {}

  /**
   * A build.
   *
   * @param name what people call it; empty for the running one
   */
  record Build(AllocatorBuild allocator, String name) {

    /** The same gates of this build. */
    Configuration of(Configuration configuration) {
      return name.isEmpty()
          ? configuration
          : configuration.ofBuild(
              name, allocator.pathOfProcess(BoxPath.running(), BoxPath.isOfModules()));
    }
  }

  /** Looks at all that was given, then builds what has to be built. */
  Builds builds(CallOptions call) throws IOException, InterruptedException {
    AllocatorBuild a = call.ofOption(() -> AllocatorBuild.of("modules-a", modulesOfA));
    AllocatorBuild b = call.ofOption(() -> AllocatorBuild.of("modules-b", modulesOfB));
    String fullA = commit(call, "-a", modulesOfA, commitOfA);
    String fullB = commit(call, "-b", modulesOfB, commitOfB);
    return new Builds(build(a, commitOfA, fullA), build(b, commitOfB, fullB));
  }

  private static @Nullable String commit(
      CallOptions call, String side, @Nullable Path modules, @Nullable String commit)
      throws IOException, InterruptedException {
    if (commit == null) {
      return null;
    }
    if (modules != null) {
      throw call.wrong(
          "--modules" + side + " and --commit" + side + " name two builds of one side");
    }
    try {
      return builder().find("commit" + side, commit);
    } catch (IllegalArgumentException e) {
      throw call.wrong("--" + e.getMessage());
    }
  }

  private static Build build(AllocatorBuild given, @Nullable String name, @Nullable String commit)
      throws IOException, InterruptedException {
    if (commit == null || name == null) {
      return new Build(given, given.folder() == null ? "" : "build of " + given.folder());
    }
    Progress.show("building " + name + " ...");
    Path modules = builder().build(commit);
    Progress.clear();
    return new Build(new AllocatorBuild(modules), "commit " + name);
  }

  /** The start script says where it lies; without it, the working directory. */
  private static CommitBuild builder() {
    return new CommitBuild(Path.of(System.getProperty(HOME, "")).toAbsolutePath());
  }
}
