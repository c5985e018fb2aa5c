package vended.fuzz.script;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.fuzz.oracle.StrictJson;
import vended.fuzz.oracle.StrictJson.Parsed;
import vended.fuzz.oracle.StrictJson.Written;
import vended.fuzz.target.JsonWords;

/**
 * The script's reader of JSON, an awk program: what is JSON gives the same values as in Java, less
 * what could harm a terminal; what is not is refused; nothing is evaluated, and it always ends.
 */
public final class ScriptJsonTarget implements Target {
  private static final int MAX_DEPTH = 33;

  private final List<String> shell;
  private @Nullable VendShell vend;

  /** In a shell. */
  public ScriptJsonTarget(List<String> shell) {
    this.shell = List.copyOf(shell);
  }

  @Override
  public void check(byte[] input) throws Exception {
    if (vend == null) {
      vend = new VendShell(shell, "json) read_json -v compact=1 ;;");
    }
    byte[] bytes = new Data(input).rest().getBytes(StandardCharsets.UTF_8);
    String text = new String(bytes, StandardCharsets.UTF_8);
    String[] lines = utf8(vend.run("json", bytes)).split("\n", -1);
    Parsed parsed = StrictJson.parse(text);
    boolean ok = lines[0].equals("json=ok");
    if (!ok) {
      Target.check(lines[0].startsWith("json="), "it says why", text, lines[0]);
      Target.check(lines.length == 2, "no value of what is not JSON", text, List.of(lines));
      Target.check(parsed == null || isBeyond(parsed), "JSON is read", text, lines[0]);
      return;
    }
    if (parsed == null) {
      throw new AssertionError("what is not JSON is refused: " + text);
    }
    Target.check(!parsed.doubled(), "no name twice", text);
    List<String> found = new ArrayList<>(List.of(lines).subList(1, lines.length - 2));
    found.remove("rest");
    List<String> expected = new ArrayList<>();
    flatten("", parsed.value(), expected);
    Target.check(
        new TreeSet<>(found).equals(new TreeSet<>(expected)), "the values", text, found, expected);
    String compact = lines[lines.length - 2];
    Target.check(compact.startsWith("compact="), "the document", text, compact);
    Parsed again = StrictJson.parse(compact.substring("compact=".length()));
    Target.check(
        again != null && ("" + again.value()).equals("" + parsed.value()),
        "as it was",
        text,
        compact);
  }

  static String utf8(String bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
        .toString();
  }

  /** Whether the script has a limit that the grammar has not. */
  private static boolean isBeyond(Parsed parsed) {
    return parsed.deepest() > MAX_DEPTH - 1
        || parsed.doubled()
        || hasLongNumber(parsed.value())
        || hasAlike(parsed.value());
  }

  private static boolean hasLongNumber(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> object -> object.values().stream().anyMatch(ScriptJsonTarget::hasLongNumber);
      case List<?> list -> list.stream().anyMatch(ScriptJsonTarget::hasLongNumber);
      case Written(String digits) -> digits.length() > 60;
      case null, default -> false;
    };
  }

  /** Whether two names differ only in what is masked. */
  private static boolean hasAlike(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> object -> {
        Set<String> names = new HashSet<>();
        yield object.keySet().stream().anyMatch(name -> !names.add(clean("" + name)))
            || object.values().stream().anyMatch(ScriptJsonTarget::hasAlike);
      }
      case List<?> list -> list.stream().anyMatch(ScriptJsonTarget::hasAlike);
      case null, default -> false;
    };
  }

  private static void flatten(String path, @Nullable Object value, List<String> lines) {
    switch (value) {
      case Map<?, ?> object -> {
        object.forEach(
            (name, member) -> {
              String plain = clean("" + name);
              String escaped = plain.replace("~", "~0").replace("/", "~1").replace("=", "~2");
              flatten(path + "/" + escaped, member, lines);
            });
        lines.add(path + "=o:" + object.size());
      }
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          flatten(path + "/" + i, list.get(i), lines);
        }
        lines.add(path + "=a:" + list.size());
      }
      case Written(String digits) -> lines.add(path + "=n:" + digits);
      case Boolean flag -> lines.add(path + "=b:" + flag);
      case null -> lines.add(path + "=z:null");
      default -> lines.add(path + "=s:" + clean("" + value));
    }
  }

  /** As the head of json-reader.awk says. */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\t' || c == '\r' || c == '\n') {
                clean.append(' ');
              } else if (isMasked(c)) {
                clean.append('?');
              } else {
                clean.appendCodePoint(c);
              }
            });
    return clean.toString();
  }

  private static boolean isMasked(int c) {
    return c < ' '
        || (c >= 0x7f && c <= 0x9f)
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f)
        || c == 0x061c
        || c == 0xfeff
        || (c >= 0xd800 && c <= 0xdfff);
  }

  @Override
  public boolean isJava() {
    return false;
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "{\"a\":1,\"b\":{\"c\":\"x y\"},\"l\":[\"p\",{\"q\":null}],\"t\":true,\"e\":{},\"f\":[]}",
        " [ -0.5e+10 , \"\\u00e9\\ud83d\\ude00\\\\\\/\\n\" , \"$(touch pwned)`touch pwned`\" ] ",
        "{\"a/b\":{\"c~d=e\":1},\"errors\":[{\"pointer\":\"/a\",\"detail\":\"d\"}]}",
        "\"x\"",
        "[\"\\ud83d\\u0041\",\"\\ud83d\\ud83d\\ude00\"]",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}");
  }

  @Override
  public List<String> words() {
    return JsonWords.and(
        "\\ud83d",
        "\\ude00",
        "\\u0000",
        "\\u202e",
        "\1",
        "\2",
        "\n",
        "\r\n",
        "$(touch x)",
        "`touch x`",
        "%s",
        "&",
        "\\&",
        "\n=s:",
        "rest",
        "json=ok",
        "\u007f");
  }
}
