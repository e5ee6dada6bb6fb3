package io.hakmem.bench.newbox;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A Maven module with a new box that serves its sizes from pages of its own. */
public final class BoxModule {

  private static final String VERSION = "1.0.0-SNAPSHOT";
  private static final Mustache.Compiler COMPILER = Mustache.compiler().escapeHTML(false);
  private static final int COLUMNS = 100;

  private final BoxNames names;
  private final List<Long> sizes;
  private final Map<String, String> values;

  /**
   * A module that is not written yet.
   *
   * @param sizes ascending, in bytes
   * @param versions those of this build, by the names that its properties have
   */
  public BoxModule(BoxNames names, List<Long> sizes, int place, Map<String, String> versions) {
    this.names = names;
    this.sizes = List.copyOf(sizes);
    values = new HashMap<>(versions);
    values.put("hakmemVersion", Objects.requireNonNull(versions.get("version"), "version"));
    values.put("version", VERSION);
    values.put("name", names.name());
    values.put("Name", names.className());
    values.put("package", names.packageName());
    values.put("packagePath", names.packagePath());
    values.put("group", names.group());
    values.put("gate", names.gate());
    values.put("counterPrefix", names.counterPrefix());
    values.put("place", Integer.toString(place));
    values.put("classes", classes());
    values.put("sizeList", BlockSizes.list(sizes));
    values.put("blockBytes", initializer());
    values.put("sizeParameters", parameters());
  }

  private String classes() {
    return sizes.size() == 1
        ? "blocks of %d B".formatted(sizes.getFirst())
        : "blocks of %d sizes from %d to %d B"
            .formatted(sizes.size(), sizes.getFirst(), sizes.getLast());
  }

  /** In one line if that is short enough, as a formatter writes it. */
  private String initializer() {
    String line = "{" + BlockSizes.list(sizes) + "}";
    return "  private static final long[] BLOCK_BYTES = ;".length() + line.length() <= COLUMNS
        ? line
        : "{\n    "
            + BlockSizes.list(sizes)
                .replaceAll("(.{1,96})$|(.{1,95},) ", "$1$2\n    ")
                .stripTrailing()
            + "\n  }";
  }

  /** The smallest and the largest size, which are one if there is one. */
  private String parameters() {
    return List.of(sizes.getFirst(), sizes.getLast()).stream()
        .distinct()
        .map(size -> "\"" + size + "\"")
        .collect(Collectors.collectingAndThen(Collectors.toList(), BoxModule::array));
  }

  private static String array(List<String> values) {
    return values.size() == 1 ? values.getFirst() : "{" + String.join(", ", values) + "}";
  }

  /** Every file by its path in the module's folder. */
  public Map<Path, String> files() throws IOException {
    String main = "src/main/java/" + names.packagePath() + "/";
    String test = "src/test/java/" + names.packagePath() + "/";
    String name = names.className();
    Map<String, String> templates = new LinkedHashMap<>();
    templates.put("pom.xml", "pom.xml");
    templates.put("README.md", "README.md");
    templates.put(".gitignore", "gitignore");
    templates.put("src/main/java/module-info.java", "module-info.java");
    templates.put("src/main/resources/META-INF/services/io.hakmem.spi.PoolBoxProvider", "services");
    templates.put(main + "package-info.java", "package-info.java");
    templates.put(main + name + "Provider.java", "Provider.java");
    templates.put(main + name + "Box.java", "Box.java");
    templates.put(main + name + "Gates.java", "Gates.java");
    templates.put(test + name + "ContractTest.java", "ContractTest.java");
    templates.put(test + "benchmark/" + name + "Benchmark.java", "Benchmark.java");
    Map<Path, String> files = new LinkedHashMap<>();
    for (Map.Entry<String, String> file : templates.entrySet()) {
      files.put(Path.of(file.getKey()), rendered(file.getValue()));
    }
    return files;
  }

  private String rendered(String template) throws IOException {
    String resource = template + ".mustache";
    try (InputStream in =
            Objects.requireNonNull(BoxModule.class.getResourceAsStream(resource), resource);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return COMPILER.compile(reader).execute(values);
    }
  }

  /** The first file of the folder that would be in the way. */
  public Optional<Path> existing(Path folder) throws IOException {
    return files().keySet().stream()
        .map(folder::resolve)
        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        .findFirst();
  }

  /**
   * Writes every file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if one is there; none is overwritten
   */
  public void write(Path folder) throws IOException {
    for (Map.Entry<Path, String> file : files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent(), "folder"));
      Files.writeString(path, file.getValue(), StandardOpenOption.CREATE_NEW);
    }
  }

  /** The jar that a build of the module makes. */
  public Path jar(Path folder) {
    return folder.resolve("target", names.name() + "-" + VERSION + ".jar");
  }
}
