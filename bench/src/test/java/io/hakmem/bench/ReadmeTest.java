package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands in the README run, in a smaller measure where they measure. */
@Tag("slow")
final class ReadmeTest {

  private static final String CALL = "./hakmem";
  private static final List<String> TINY = List.of("--warmup=1", "--runs=1", "--budget-ms=50");

  /** The calls in fenced blocks, as they stand there. */
  static Stream<String> calls() throws IOException {
    return calls(Files.readAllLines(root().resolve("README.md"))).stream();
  }

  private static Path root() {
    Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return Stream.iterate(start, Objects::nonNull, Path::getParent)
        .filter(dir -> Files.exists(dir.resolve("README.md")))
        .filter(dir -> Files.exists(dir.resolve("hakmem")))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> calls(List<String> lines) {
    List<String> calls = new ArrayList<>();
    boolean fenced = false;
    for (String line : joined(lines)) {
      String text = line.strip().replaceFirst("^[$>] ", "");
      if (text.startsWith("```") || text.startsWith("~~~")) {
        fenced = !fenced;
      } else if (fenced && text.replaceFirst("^(\\w+=\\S+\\s+)+", "").startsWith(CALL)) {
        calls.add(text);
      }
    }
    return calls;
  }

  /** Lines that end in a backslash go on in the next one. */
  private static List<String> joined(List<String> lines) {
    return String.join("\n", lines).replaceAll("\\\\\n\\s*", " ").lines().toList();
  }

  /** What is given to the command: variables become options, and the shell's part is cut off. */
  private static List<String> arguments(String call) {
    List<String> words = new ArrayList<>();
    String command = call.replaceFirst("\\s+(#|\\||>|2>|&&|;).*$", "");
    int start = command.indexOf(CALL);
    words.addAll(Arrays.asList(command.substring(start + CALL.length()).strip().split("\\s+", -1)));
    words.remove("");
    for (String variable : command.substring(0, start).strip().split("\\s+", -1)) {
      addVariable(variable, words);
    }
    return words;
  }

  private static void addVariable(String variable, List<String> words) {
    if (variable.startsWith("HAKMEM_BENCH_")) {
      words.add(
          variable
              .replace("HAKMEM_BENCH_MIN_SIZE", "--min-size")
              .replace("HAKMEM_BENCH_MAX_SIZE", "--max-size"));
    } else if (variable.startsWith("HAKMEM_") && !variable.startsWith("HAKMEM_JAVA_")) {
      words.addAll(List.of("--set", variable));
    }
  }

  private static CommandLine commandLine() {
    return HakmemCommand.commandLine().setOverwrittenOptionsAllowed(true);
  }

  private static int run(String call, StringWriter err) {
    List<String> words = arguments(call);
    ParseResult parsed = commandLine().parseArgs(words.toArray(String[]::new));
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    boolean measures = command.commandSpec().findOption("--warmup") != null;
    if (measures && startsJvms(command)) {
      return 0;
    }
    if (command.commandSpec().name().equals("replay")) {
      command
          .matchedPositionals()
          .forEach(file -> words.replaceAll(word -> replaced(word, file.originalStringValues())));
    }
    if (measures) {
      words.addAll(TINY);
    }
    return commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  private static String replaced(String word, List<String> files) {
    return files.contains(word) ? TraceFiles.small().toString() : word;
  }

  /** These run for minutes, or are other allocators, of which a JVM takes one: only parsed. */
  private static boolean startsJvms(ParseResult command) {
    return command.hasMatchedOption("--peers")
        || command.hasMatchedOption("--subject")
        || (command.matchedPositionals().isEmpty() && !command.isUsageHelpRequested());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void readme_eachCall_runs(String call) {
    StringWriter err = new StringWriter();
    int code = run(call, err);
    assertThat(err.toString()).as(call).isEmpty();
    assertThat(code).as(call).isZero();
  }

  @Test
  void operations_eachCall_isAccepted() throws IOException {
    List<String> calls = calls(Files.readAllLines(root().resolve("docs/operations.md")));
    assertThat(calls).hasSizeGreaterThan(3);
    for (String call : calls) {
      String[] words = arguments(call.replace("PID", "4711")).toArray(String[]::new);
      ParseResult parsed = commandLine().parseArgs(words);
      assertThat(parsed.subcommand().commandSpec().name()).as(call).isIn("top", "heap", "record");
    }
  }

  @Test
  void readme_calls_areThoseInFencedBlocks() {
    assertThat(
            calls(
                List.of(
                    "./hakmem outside",
                    "```sh",
                    "mvn verify",
                    "$ ./hakmem mid-large-mt 1 2 \\",
                    "    3 4   # a comment",
                    "HAKMEM_CHECKS=off ./hakmem gates | less",
                    "```",
                    "./hakmem outside")))
        .extracting(ReadmeTest::arguments)
        .containsExactly(
            List.of("mid-large-mt", "1", "2", "3", "4"),
            List.of("gates", "--set", "HAKMEM_CHECKS=off"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"./hakmem no-such-command", "./hakmem gates --no-such-option"})
  void readme_callThatDoesNotExist_isFound(String call) {
    assertThatThrownBy(() -> run(call, new StringWriter())).isInstanceOf(ParameterException.class);
  }

  @Test
  void readme_namedTrace_isReplacedByOneThatExists() {
    StringWriter err = new StringWriter();
    assertThat(run("./hakmem replay FILE --verify --warmup 9", err)).as(err.toString()).isZero();
  }

  @Test
  void readme_comparison_isOnlyParsed() {
    assertThat(run("./hakmem mid-large-mt", new StringWriter())).isZero();
    assertThat(run("./hakmem replay FILE --peers", new StringWriter())).isZero();
  }
}
