package io.hakmem.bench.command;

import io.hakmem.bench.builds.AllocatorBuild;
import io.hakmem.bench.builds.CommitBuild;
import io.hakmem.bench.compare.Configuration;
import io.hakmem.bench.fork.Progress;
import io.hakmem.bench.option.CallOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose the builds that are compared. */
final class BuildOptions {

  private static final String HOME = "hakmem.bench.home";

  private static final int SHORT_COMMIT = 10;

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
  record Builds(AllocatorBuild a, AllocatorBuild b) {

    /** Those that are not the running one, by the letter of their side. */
    SortedMap<String, AllocatorBuild> others() {
      SortedMap<String, AllocatorBuild> others = new TreeMap<>(Map.of("a", a, "b", b));
      others.values().removeIf(AllocatorBuild.RUNNING::isSameAs);
      return others;
    }
  }

  /** A commit as it was given, and its name in full. */
  private record Commit(String given, String full) {

    /** For people: what was given may be another commit tomorrow. */
    String name() {
      return full.startsWith(given) ? given : given + " (" + full.substring(0, SHORT_COMMIT) + ")";
    }

    boolean isSameAs(@Nullable Commit other) {
      return other != null && other.full.equals(full);
    }
  }

  /** Looks at all that was given, then builds what has to be built, each commit once. */
  Builds builds(CallOptions call) throws IOException, InterruptedException {
    AllocatorBuild a = call.ofOption(() -> AllocatorBuild.of("modules-a", modulesOfA));
    AllocatorBuild b = call.ofOption(() -> AllocatorBuild.of("modules-b", modulesOfB));
    Commit ofA = commit(call, "-a", modulesOfA, commitOfA);
    Commit ofB = commit(call, "-b", modulesOfB, commitOfB);
    if (ofA != null) {
      a = built(ofA);
    }
    if (ofB != null) {
      b = ofB.isSameAs(ofA) ? new AllocatorBuild(a.folder(), ofB.name()) : built(ofB);
    }
    return new Builds(a, b);
  }

  /** The same gates of a build. */
  static Configuration of(AllocatorBuild build, Configuration configuration) {
    String path = build.path();
    return path == null ? configuration : configuration.ofBuild(build.name(), path);
  }

  private static @Nullable Commit commit(
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
      return new Commit(commit, builder().find("commit" + side, commit));
    } catch (IllegalArgumentException e) {
      throw call.wrong("--" + e.getMessage());
    }
  }

  private static AllocatorBuild built(Commit commit) throws IOException, InterruptedException {
    Progress.show("building " + commit.name() + " ...");
    Path modules = builder().build(commit.full());
    Progress.clear();
    return new AllocatorBuild(modules, commit.name());
  }

  /** The start script says where it lies; without it, the working directory. */
  private static CommitBuild builder() {
    return new CommitBuild(Path.of(System.getProperty(HOME, "")).toAbsolutePath());
  }
}
