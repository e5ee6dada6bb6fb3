package io.hakmem.bench.driver;

import io.hakmem.bench.fork.CommandFailure;
import io.hakmem.bench.fork.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The system's C compiler, found by the environment as other tools find it. */
final class Compiler {

  private static final String CHOSEN = "CC";
  private static final List<String> USUAL = List.of("cc", "gcc", "clang");
  private static final List<String> OPTIONS = List.of("-O3", "-march=native", "-pthread");

  private final String command;

  /**
   * Finds the compiler.
   *
   * @throws CommandFailure if there is none; the message says how to get one
   */
  Compiler(Map<String, String> environment) {
    String chosen = environment.getOrDefault(CHOSEN, "");
    String path = environment.getOrDefault("PATH", "");
    List<String> names = chosen.isBlank() ? USUAL : List.of(chosen.strip());
    command =
        names.stream()
            .map(name -> find(name, path))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> new CommandFailure(absent(chosen)));
  }

  private static Optional<String> find(String name, String path) {
    Stream<Path> places =
        name.contains("/")
            ? Stream.of(Path.of(name))
            : Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(name));
    return places.filter(Files::isExecutable).map(Path::toString).findFirst();
  }

  private static String absent(String chosen) {
    return (chosen.isBlank()
            ? "no C compiler: none of " + String.join(", ", USUAL) + " is on the PATH"
            : "no C compiler: " + CHOSEN + "=" + chosen + " cannot be run")
        + "; install one (Debian: apt install gcc libc6-dev) or set "
        + CHOSEN;
  }

  /** Compiles the sources, or finds the program that they made before. */
  Path compiled(Sources sources) throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(List.of(command));
    call.addAll(OPTIONS);
    Path folder = folder("hakmem-driver-" + sources.hash(call));
    Path program = folder.resolve("driver");
    if (!Files.isExecutable(program)) {
      Path unfinished = Files.createTempFile(folder, "driver", ".tmp");
      call.addAll(List.of("-o", unfinished.toString()));
      call.addAll(sources.write(folder));
      call.add("-ldl");
      new Program("the C compiler", call, Map.of()).output();
      // Whoever finds the program finds the whole of it.
      Files.move(unfinished, program, StandardCopyOption.ATOMIC_MOVE);
    }
    return program;
  }

  /** A folder of the user alone: nobody else may put a program there. */
  private static Path folder(String name) throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path own = Files.createTempFile(temporary, "hakmem-driver", ".tmp");
    try {
      Path folder = temporary.resolve(name + "-" + System.getProperty("user.name", "user"));
      try {
        return Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(folder)
            || Files.isSymbolicLink(folder)
            || !Files.getOwner(folder).equals(Files.getOwner(own))) {
          throw new CommandFailure(folder + " is no folder of this user");
        }
        return folder;
      }
    } finally {
      Files.delete(own);
    }
  }
}
