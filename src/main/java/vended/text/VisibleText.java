package vended.text;

import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Text in which nothing is hidden, and nothing changes how the text beside it is read. */
public final class VisibleText {
  /** Letters and marks without a visible form, whose Unicode category does not say so. */
  private static final Set<Integer> BLANK =
      Set.of(
          0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x2800, 0x3164, 0xFFA0);

  private VisibleText() {}

  /** The text with the number of each hidden character in its place: {@code ⟦U+202E⟧}. */
  public static String of(String text) {
    return replaced(text, VisibleText::isHidden, "⟦U+%04X⟧"::formatted);
  }

  /** The text with a question mark for each hidden character. */
  public static String masked(String text) {
    return replaced(text, VisibleText::isHidden, c -> "?");
  }

  /** The text with a question mark for each character that {@link #isOneLine} refuses. */
  public static String oneLine(String text) {
    return replaced(text, VisibleText::isControl, c -> "?");
  }

  /**
   * Whether the text has no control character, no line or paragraph separator, and no lone
   * surrogate: it can't forge a line of a log or a terminal.
   */
  public static boolean isOneLine(String text) {
    return text.codePoints().noneMatch(VisibleText::isControl);
  }

  private static String replaced(String text, IntPredicate which, IntFunction<String> by) {
    if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return text;
    }
    StringBuilder replaced = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (which.test(c)) {
                replaced.append(by.apply(c));
              } else {
                replaced.appendCodePoint(c);
              }
            });
    return replaced.toString();
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
      case Character.SPACE_SEPARATOR -> c != ' ';
      default -> isControl(c) || BLANK.contains(c);
    };
  }
}
