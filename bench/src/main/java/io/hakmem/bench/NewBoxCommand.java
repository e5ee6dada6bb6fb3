package io.hakmem.bench;

import io.hakmem.bench.newbox.BlockSizes;
import io.hakmem.bench.newbox.BoxModule;
import io.hakmem.bench.newbox.BoxNames;
import io.hakmem.bench.newbox.LocalRepository;
import io.hakmem.bench.option.CallOptions;
import io.hakmem.spi.PoolBoxProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hakmem new-box}: a module with a box of one's own. */
@Command(
    name = "new-box",
    description = {
      "Writes a Maven module with a new box.",
      "The box serves its sizes from pages of its own. It comes with a gate, a contract "
          + "test and a benchmark. What it is built against is installed into the local Maven "
          + "repository. Nothing that exists is overwritten.",
      "Example: hakmem new-box demo --sizes 16..128 --place 40 --to demo"
    },
    mixinStandardHelpOptions = true)
final class NewBoxCommand implements Callable<Integer> {

  /** Pool v1 stands behind all of them, since a box behind it is never asked. */
  private static final int MAX_PLACE = 199;

  /** Set by the start script. */
  private static final String HOME = "hakmem.bench.home";

  @Mixin private CallOptions call;

  @Parameters(paramLabel = "NAME", description = "The name of the box, such as bump-slab.")
  private String name;

  @Option(
      names = "--sizes",
      paramLabel = "BYTES",
      required = true,
      description = "Its block sizes: 16..128, with eight a doubling, or 16,32,64.")
  private String sizes;

  @Option(
      names = "--place",
      paramLabel = "N",
      required = true,
      description = "Where it stands: fronts below 100, pools from 100 on, pool v1 at 200.")
  private int place;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "Its Java package and module; as a rule the name without hyphens.")
  private @Nullable String packageName;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "The folder of the module, which is made if need be.")
  private Path folder;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BoxNames names = call.accepted(() -> BoxNames.of(name, packageName));
    List<Long> blockSizes = call.accepted(() -> BlockSizes.parse(sizes));
    checkPlace();
    checkName();
    BoxModule module = new BoxModule(names, blockSizes, place, Build.properties());
    checkFolder(module);
    install();
    module.write(folder);
    explain(module, names.gate());
    return 0;
  }

  private void checkPlace() {
    if (place < 0 || place > MAX_PLACE) {
      throw call.wrong(
          "--place=%d must be in [0, %d], before pool v1 at 200".formatted(place, MAX_PLACE));
    }
  }

  private void checkName() {
    for (PoolBoxProvider present : ServiceLoader.load(PoolBoxProvider.class)) {
      if (present.name().equals(name)) {
        throw call.wrong("name=" + name + " is that of a box which is here already");
      }
    }
  }

  private void checkFolder(BoxModule module) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw call.wrong("--to=" + folder + " is a file, not a folder");
    }
    Optional<Path> existing = module.existing(folder);
    if (existing.isPresent()) {
      throw call.wrong("--to=" + folder + " has " + existing.get() + " already");
    }
  }

  private void install() throws IOException, InterruptedException {
    PrintWriter err = call.err();
    String home = System.getProperty(HOME);
    if (home == null) {
      err.println(
          "hakmem: not started by ./hakmem: install pool-core, box-tck and box-jmh by Maven yourself");
    } else {
      err.println(
          "hakmem: installing pool-core, box-tck and box-jmh into the local Maven repository ...");
      err.flush();
      LocalRepository.install(Path.of(home), err);
    }
    err.flush();
  }

  private void explain(BoxModule module, String gate) {
    PrintWriter out = call.out();
    out.println("Wrote the box " + name + " into " + folder + ". Next:");
    out.println("  mvn -f " + folder.resolve("pom.xml") + " verify");
    String withBox = "  ./hakmem --with-box " + module.jar(folder);
    out.println(withBox + " compose --set " + gate + "=1");
    out.println(withBox + " ab THROUGHPUT \"THROUGHPUT " + gate + "=1\" --workload mixed");
    out.flush();
  }
}
