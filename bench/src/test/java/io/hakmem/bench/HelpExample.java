package io.hakmem.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * A command, and what its help says.
 *
 * @param command its name behind that of the program, such as {@code trace info}
 * @param description what stands in its help, a paragraph each
 */
record HelpExample(String command, List<String> description) {

  private static final String BEFORE = "Example: hakmem ";
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** Those of all commands, and of the commands below them. */
  static List<HelpExample> all() {
    return below(HakmemCommand.commandLine()).map(HelpExample::of).toList();
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return command.getSubcommands().values().stream()
        .flatMap(each -> Stream.concat(Stream.of(each), below(each)));
  }

  private static HelpExample of(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    return new HelpExample(
        name.substring(name.indexOf(' ') + 1),
        List.of(command.getCommandSpec().usageMessage().description()));
  }

  /** What the example gives to the program. */
  List<String> words() {
    String example =
        description.stream()
            .filter(HelpExample::isExample)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no example in the help of " + command));
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(example.substring(BEFORE.length()));
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  /** What the help says before the example. */
  List<String> paragraphs() {
    return description.stream().filter(paragraph -> !isExample(paragraph)).toList();
  }

  private static boolean isExample(String paragraph) {
    return paragraph.startsWith(BEFORE);
  }

  @Override
  public String toString() {
    return command;
  }
}
