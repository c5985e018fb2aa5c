package vended.access.why;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an administrator can do.
 *
 * @param words what it means, as a sentence
 * @param command the words of a command of {@code bin/vend}; empty if there is none
 */
public record Remedy(String words, List<String> command) {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*");

  public Remedy {
    command = List.copyOf(command);
  }

  static Remedy of(String words, String... command) {
    return new Remedy(words, List.of(command));
  }

  /** The command as one pastes it into a shell, which evaluates nothing in it. */
  public String pasted() {
    return command.stream().map(Remedy::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
