package vended.fuzz.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.fuzz.Data;
import vended.fuzz.Target;

/**
 * The user's settings: all of a file, or what is wrong with which line. A value that is read has
 * only characters that are data in a shell, a URL and a header.
 */
public final class ScriptSettingsTarget implements Target {
  private static final Pattern URL = Pattern.compile("https?://[\\]A-Za-z0-9._~:/\\[-]+");
  private static final Pattern REGION = Pattern.compile("[a-z][a-z0-9-]+");
  private static final Pattern ALIAS =
      Pattern.compile("alias\\.(?!arn:|-)[^ \\t].{0,127}", Pattern.DOTALL);
  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]*:iam::[0-9]+:role/[A-Za-z0-9+=,.@_/-]+");

  private final List<String> shell;
  private @Nullable VendShell vend;

  /** In a shell. */
  public ScriptSettingsTarget(List<String> shell) {
    this.shell = List.copyOf(shell);
  }

  @Override
  public void check(byte[] input) throws Exception {
    if (vend == null) {
      vend =
          new VendShell(
              shell,
              "vend-more",
              """
              settings)
                head -c 65537 | tr '\\000-\\010\\013-\\037\\177' '\\001' | LC_ALL=C awk "$SETTINGS_READER"
                ;;
              """);
    }
    byte[] bytes = new Data(input).rest().getBytes(StandardCharsets.UTF_8);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> printed = new ArrayList<>(vend.run("settings", bytes).lines().toList());
    List<String> expected = new ArrayList<>();
    boolean valid = read(text, expected);
    Target.check(!printed.isEmpty(), "it says something", text);
    String last = printed.removeLast();
    Target.check(
        valid ? last.equals("ok") : last.matches("fault=line [0-9]+: .*"),
        "a file is read whole, or not",
        text,
        last);
    Target.check(printed.equals(expected), "the settings", text, printed, expected);
  }

  /** The settings up to the first line that is wrong. */
  private static boolean read(String text, List<String> settings) {
    Set<String> seen = new HashSet<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      if (line.isEmpty() && i == lines.length - 1) {
        break;
      }
      if (line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
        return false;
      }
      line = line.replaceAll("^[ \t]+|[ \t]+$", "");
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int at = line.indexOf('=');
      if (at < 0) {
        return false;
      }
      String key = line.substring(0, at).replaceAll("[ \t]+$", "");
      String value = line.substring(at + 1).replaceAll("^[ \t]+", "");
      if (!seen.add(key) || !isValid(key, value)) {
        return false;
      }
      settings.add(key + "=" + value);
    }
    return true;
  }

  private static boolean isValid(String key, String value) {
    return switch (key) {
      case "url" -> URL.matcher(value).matches();
      case "region" -> REGION.matcher(value).matches();
      default -> ALIAS.matcher(key).matches() && ROLE.matcher(value).matches();
    };
  }

  @Override
  public boolean isJava() {
    return false;
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "url = https://example.com/v1\nregion=eu-west-1\n",
        "# mine\n\n alias.prod = arn:aws:iam::444455556666:role/vended/deploy \n",
        "alias.$(touch x) = arn:aws:iam::444455556666:role/a",
        "url = https://$(touch x)",
        "region = eu-west-1\r\n",
        "region = a\nregion = b\n",
        "region");
  }

  @Override
  public List<String> words() {
    return List.of(
        "url",
        "region",
        "alias.",
        "alias.arn:",
        "alias.-",
        "=",
        " ",
        "\t",
        "#",
        "\n",
        "\r",
        "\0",
        "https://h/v1",
        "http://[::1]:8080",
        "arn:aws:iam::1:role/x",
        "$(touch x)",
        "`touch x`",
        "'",
        "\"",
        "\\",
        "%s",
        "&",
        ";",
        "\u007f",
        "\u0001",
        "-",
        "fault=line 1: x",
        "ok");
  }
}
