package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The help names every option. */
class HelpTest {
  private static final Pattern TEXT = Pattern.compile("(?s)<<'HELP'\n(.*?)\nHELP\n");
  private static final Pattern PROGRAM = Pattern.compile("(?m)^(takes_value|\\w+_argument)\\(\\)");
  private static final Pattern OPTION = Pattern.compile("(?<![a-z-])--[a-z]+(-[a-z]+)*");

  /** Who reads the help knows the first; only the command in a profile has the other. */
  private static final Set<String> HIDDEN = Set.of("--help", "--for-profile");

  @ParameterizedTest
  @ValueSource(
      strings = {"vend", "vend-admin", "vend-audit", "vend-access", "vend-mine", "vend-doctor"})
  void everyOption_isInTheHelp(String file) throws Exception {
    String script = Files.readString(Path.of("bin", file));
    StringBuilder help = new StringBuilder();
    for (Matcher text = TEXT.matcher(script); text.find(); ) {
      help.append(text.group(1)).append('\n');
    }
    // Options of every command, which the help of vend explains.
    help.append(file.equals("vend") ? "" : "--url --region --as --verbose");
    Set<String> taken = new TreeSet<>();
    for (Matcher function = PROGRAM.matcher(script); function.find(); ) {
      taken.addAll(
          options(script.substring(function.start(), script.indexOf("\n}\n", function.start()))));
    }
    taken.removeAll(HIDDEN);

    assertThat(taken).hasSizeGreaterThan(5);
    assertThat(options(help.toString())).containsAll(taken);
  }

  private static Set<String> options(String text) {
    Set<String> options = new TreeSet<>();
    for (Matcher option = OPTION.matcher(text); option.find(); ) {
      options.add(option.group());
    }
    return options;
  }
}
