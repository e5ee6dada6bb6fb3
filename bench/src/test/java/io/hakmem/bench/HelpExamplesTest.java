package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The example in the help of each command, as the command reads it; most would take minutes. */
final class HelpExamplesTest {

  private static final String BEFORE = "Example: hakmem ";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  static Set<String> commands() {
    return HakmemCommand.commandLine().getSubcommands().keySet();
  }

  private static List<String> description(String command) {
    CommandLine found =
        Objects.requireNonNull(HakmemCommand.commandLine().getSubcommands().get(command));
    return List.of(found.getCommandSpec().usageMessage().description());
  }

  private static String example(String command) {
    return description(command).stream()
        .filter(line -> line.startsWith(BEFORE))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no example in the help of " + command));
  }

  private static String[] words(String example) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(example.substring(BEFORE.length()));
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words.toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void example_ofAnyCommand_isACallOfIt(String command) {
    ParseResult parsed = HakmemCommand.commandLine().parseArgs(words(example(command)));
    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(command);
    assertThat(parsed.subcommand().unmatched()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void description_ofAnyCommand_isWholeSentences(String command) {
    String text = String.join(" ", description(command));
    assertThat(text.substring(0, text.indexOf(BEFORE)).strip()).endsWith(".");
  }
}
