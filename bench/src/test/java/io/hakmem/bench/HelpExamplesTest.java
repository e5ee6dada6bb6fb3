package io.hakmem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The text in the help of each command, and the example as the command reads it. */
final class HelpExamplesTest {

  private static final int MOST_LETTERS = 80;

  /** An entry of the list of commands, and the lines that go on with it. */
  private static final Pattern ENTRY = Pattern.compile("(?m)^  (\\S+) +(.*(?:\\R {4,}.*)*)$");

  static List<HelpExample> commands() {
    return HelpExample.all();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void example_ofAnyCommand_isACallOfIt(HelpExample help) {
    String[] words = help.words().toArray(String[]::new);
    List<CommandLine> called = HakmemCommand.commandLine().parseArgs(words).asCommandLineList();
    assertThat(called.stream().skip(1).map(CommandLine::getCommandName))
        .startsWith(help.command().split(" ", -1));
    assertThat(called.getLast().getParseResult().unmatched()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void firstLine_ofAnyCommand_isOneShortSentence(HelpExample help) {
    String first = help.description().getFirst();
    assertThat(first).endsWith(".").hasSizeLessThanOrEqualTo(MOST_LETTERS);
    assertThat(first.substring(0, first.length() - 1)).doesNotContain(". ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void description_ofAnyCommand_isWholeSentencesAndThenAnExample(HelpExample help) {
    assertThat(help.paragraphs())
        .allSatisfy(paragraph -> assertThat(paragraph).matches("(?s)[A-Z'].*\\."));
    assertThat(help.description()).hasSize(help.paragraphs().size() + 1);
    assertThat(help.description().getLast()).startsWith("Example: hakmem " + help.command());
  }

  /** As people read it, in lines that the command line has wrapped. */
  @Test
  void listOfCommands_always_hasAWholeSentenceForEach() {
    String usage = HakmemCommand.commandLine().getUsageMessage(Ansi.OFF);
    String list = usage.substring(usage.indexOf("Commands:"));
    List<String> entries =
        ENTRY
            .matcher(list)
            .results()
            .map(entry -> entry.group(1) + ": " + entry.group(2).replaceAll("\\s+", " "))
            .toList();
    assertThat(entries)
        .containsExactlyElementsOf(
            commands().stream()
                .filter(help -> !help.command().contains(" "))
                .map(help -> help.command() + ": " + help.description().getFirst())
                .collect(Collectors.toList()));
    assertThat(usage.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  /** What is wrapped by hand is wrapped again where the screen is narrower. */
  @Test
  void paragraphs_always_areWrappedByTheCommandLineAlone() {
    assertThat(commands())
        .flatExtracting(HelpExample::paragraphs)
        .allSatisfy(paragraph -> assertThat(paragraph).doesNotContain("\n"));
  }
}
