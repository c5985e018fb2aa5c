package vended.fuzz.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.fuzz.oracle.StrictJson;
import vended.fuzz.oracle.StrictJson.Parsed;
import vended.json.Json;

/**
 * Credentials as the script prints them: exactly what the service answered, in characters that need
 * no quotes, or nothing.
 */
public final class ScriptIssuedTarget implements Target {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9+/=:.@_,-]+");
  private static final List<String> PRINTED =
      List.of(
          "AccessKeyId",
          "SecretAccessKey",
          "SessionToken",
          "Expiration",
          "AccountId",
          "AssumedRoleArn",
          "VendId");
  private static final String CASES =
      """
      json | env)
        v_format=$v_order
        v_flat=$NL$(read_json)$NL
        named_values
        if field json && [ "$v_value" = ok ]; then
          if take_issued; then print_issued; else printf 'wrong %s\\n' "$v_wrong"; fi
        else
          printf 'wrong\\n'
        fi
        ;;
      """;

  private final List<String> shell;
  private @Nullable VendShell vend;

  /** In a shell. */
  public ScriptIssuedTarget(List<String> shell) {
    this.shell = List.copyOf(shell);
  }

  @Override
  public void check(byte[] input) throws Exception {
    if (vend == null) {
      vend = new VendShell(shell, CASES);
    }
    Data data = new Data(input);
    Map<String, Object> document = document(data);
    byte[] text = Json.write(document).getBytes(StandardCharsets.UTF_8);
    String json = vend.run("json", text);
    String env = vend.run("env", text);
    boolean refused = json.startsWith("wrong");
    Target.check(refused == env.startsWith("wrong"), "the same in both forms", document, json, env);
    if (refused) {
      Target.check(json.lines().count() == 1, "nothing of what is refused", document, json);
      Target.check(data.hasMore() || input.length > 0, "what is right is taken", document, json);
      return;
    }
    Parsed parsed = StrictJson.parse(json.strip());
    if (parsed == null || !(parsed.value() instanceof Map<?, ?> printed)) {
      throw new AssertionError("one object: " + json);
    }
    for (String name : PRINTED) {
      String value = "" + document.get(name);
      Target.check(SAFE.matcher(value).matches(), "safe", name, document);
      Target.check(value.equals(printed.get(name)), "as the service said", name, json);
    }
    Target.check(env.equals(env(document)), "a line each", document, env);
  }

  private static String env(Map<String, Object> document) {
    List<String> lines = new ArrayList<>();
    List<String> names =
        List.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_CREDENTIAL_EXPIRATION",
            "AWS_ACCOUNT_ID");
    for (int i = 0; i < names.size(); i++) {
      lines.add("export %s='%s'".formatted(names.get(i), document.get(PRINTED.get(i))));
    }
    return String.join("\n", lines) + "\n";
  }

  /** What the service answers, with one member replaced, if there are bytes for that. */
  private static Map<String, Object> document(Data data) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Version", 1L);
    document.put("AccessKeyId", "ASIAEXAMPLEISSUED001");
    document.put("SecretAccessKey", "secret/+=");
    document.put("SessionToken", "token/+=");
    document.put("Expiration", "2099-01-01T00:00:00Z");
    document.put("AccountId", "444455556666");
    document.put("AssumedRoleArn", "arn:aws:sts::444455556666:assumed-role/deploy/a@b");
    document.put("VendId", "01JZ0000000000000000000000");
    if (data.hasMore()) {
      String name = data.pick(new ArrayList<>(document.keySet()));
      int kind = data.below(8);
      String text = data.rest();
      switch (kind) {
        case 0 -> document.remove(name);
        case 1 -> document.put(name, List.of(text));
        case 2 -> document.put(name, (long) text.length());
        case 3 -> document.put(name, document.get(name) + text);
        case 4 -> document.put(text, "x");
        default -> document.put(name, text);
      }
    }
    return document;
  }

  @Override
  public boolean isJava() {
    return false;
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "",
        "\1\5ASIAEXAMPLEISSUED002",
        "\2\3\n",
        "\3\5a\"b",
        "\4\0052099-01-01T00:00:00.123Z",
        "\5\5444455556667",
        "\6\3/x",
        "\7\5$(touch pwned)");
  }

  @Override
  public List<String> words() {
    return List.of(
        "\n",
        "\r",
        "\"",
        "\\",
        "$(touch x)",
        "`touch x`",
        "${HOME}",
        ";",
        "&",
        "|",
        "'",
        " ",
        "%s",
        "%n",
        "\0",
        "\u007f",
        "::add-mask::",
        "AWS_X=1",
        "arn:aws:sts::",
        ":assumed-role/deploy/",
        "/",
        "*",
        "?",
        "[",
        "~",
        "=",
        "2099-12-31T23:59:59Z",
        "2099-02-30T00:00:00Z",
        "+",
        "e9");
  }
}
