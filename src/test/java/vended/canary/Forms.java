package vended.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The forms in which a secret can show. */
final class Forms {
  private Forms() {}

  /** As it is, and encoded as hexadecimal, for URLs, as base 64 at each offset, and as JSON. */
  static List<byte[]> of(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    String hex = HexFormat.of().formatHex(bytes);
    String percent = percent(bytes);
    List<String> forms =
        new ArrayList<>(
            List.of(
                secret,
                hex,
                hex.toUpperCase(Locale.ROOT),
                percent,
                percent.toLowerCase(Locale.ROOT).equals(percent) ? percent : lowerHex(percent),
                secret.replace("/", "\\/")));
    for (int before = 0; before < 3; before++) {
      String encoded = base64(bytes, before);
      forms.add(encoded);
      forms.add(encoded.replace('+', '-').replace('/', '_'));
    }
    return forms.stream().distinct().map(form -> form.getBytes(ISO_8859_1)).toList();
  }

  /** Without the characters that also depend on what is before and behind. */
  private static String base64(byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    return encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 2);
  }

  private static String percent(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte next : bytes) {
      char letter = (char) next;
      boolean plain =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9')
              || "-_.~".indexOf(letter) >= 0;
      text.append(plain ? String.valueOf(letter) : "%%%02X".formatted(next & 0xff));
    }
    return text.toString();
  }

  private static String lowerHex(String percent) {
    StringBuilder text = new StringBuilder(percent);
    for (int i = text.indexOf("%"); i >= 0; i = text.indexOf("%", i + 1)) {
      text.replace(i, i + 3, text.substring(i, i + 3).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
