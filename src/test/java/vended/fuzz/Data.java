package vended.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Values read from the bytes of an input. The same bytes always give the same values; after their
 * end follow zeros. So a small change of an input is a small change of its values.
 */
public final class Data {
  /** What the bytes from 0x80 on stand for in a text: characters that are often handled wrongly. */
  private static final List<String> ODD =
      List.of(
          """
          0080 0085 009b 00a0 00ad 00b2 00b5 00df 00e9 00ff 0130 0131 017f 01c5 034f 0300 0345 0430
          0435 03a3 03c2 0591 05d0 061c 0660 0640 06dd 070f 0966 0e33 115f 1160 17b4 180e 1e9e 1680
          2000 2007 200b 200c 200d 200e 200f 2010 2028 2029 202a 202b 202c 202d 202e 202f 203f 2044
          2060 2066 2067 2068 2069 206a 2126 212a 212b 2160 2215 2216 2260 2800 3000 3164 a66f d800
          dbff dc00 dfff e000 f8ff fb00 fdd0 fe0f fe55 feff ff01 ff02 ff06 ff07 ff0b ff0c ff0d ff0e
          ff0f ff10 ff1a ff1b ff1c ff1d ff1e ff20 ff21 ff3c ff41 ffa0 fff0 fff9 fffc fffd fffe ffff
          1f600 1d7d8 10ffff e0041 e0001 1d173 10400 20000\
          """
              .split("\\s+"));

  private final byte[] bytes;
  private int at;

  public Data(byte[] bytes) {
    this.bytes = bytes;
  }

  private int next() {
    return at < bytes.length ? bytes[at++] & 0xff : 0;
  }

  /** Whether bytes are left. */
  public boolean hasMore() {
    return at < bytes.length;
  }

  /** The next bytes, apart from the others. */
  public Data part(int length) {
    byte[] part = new byte[length];
    for (int i = 0; i < length; i++) {
      part[i] = (byte) next();
    }
    return new Data(part);
  }

  /** A number from 0 to {@code bound} − 1. */
  public int below(int bound) {
    int number = bound <= 256 ? next() : next() << 8 | next();
    return number % bound;
  }

  /** True or false. */
  public boolean flag() {
    return (next() & 1) == 1;
  }

  /** One of some values. */
  public <T> T pick(List<T> values) {
    return values.get(below(values.size()));
  }

  /** A long, of eight bytes. */
  public long number() {
    long number = 0;
    for (int i = 0; i < 8; i++) {
      number = number << 8 | next();
    }
    return number;
  }

  /** A text of any characters, of at most 255 of them, up to the next zero byte. */
  public String text() {
    return text(255);
  }

  /** A text of any characters, up to the next zero byte. */
  public String text(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < most && hasMore(); i++) {
      int one = next();
      if (one == 0) {
        break;
      }
      append(text, one);
    }
    return text.toString();
  }

  /** All that is left, as a text of any characters, also zeros. */
  public String rest() {
    StringBuilder text = new StringBuilder();
    while (hasMore()) {
      append(text, next());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, int one) {
    if (one < 0x80) {
      text.append((char) one);
    } else {
      text.appendCodePoint(Integer.parseInt(ODD.get((one - 0x80) % ODD.size()), 16));
    }
  }

  /** All that is left, as it is. */
  public byte[] bytes() {
    byte[] left = java.util.Arrays.copyOfRange(bytes, Math.min(at, bytes.length), bytes.length);
    at = bytes.length;
    return left;
  }

  /** An input that {@link #rest} reads as this text of ASCII. */
  public static byte[] of(String ascii) {
    return ascii.getBytes(StandardCharsets.ISO_8859_1);
  }
}
