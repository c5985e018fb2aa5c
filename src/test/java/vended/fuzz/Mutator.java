package vended.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes new inputs of old ones. */
final class Mutator {
  private static final int MAX_LENGTH = 4096;

  private final Random random;
  private final List<byte[]> words;

  Mutator(Random random, List<byte[]> words) {
    this.random = random;
    this.words = words;
  }

  /** One of the inputs, changed in one to eight places; sometimes one of random bytes. */
  byte[] next(List<byte[]> inputs) {
    if (random.nextInt(20) == 0) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      return bytes;
    }
    byte[] input = inputs.get(random.nextInt(inputs.size()));
    for (int i = 1 << random.nextInt(4); i > 0; i--) {
      input = changed(input, inputs);
    }
    return input.length > MAX_LENGTH ? Arrays.copyOf(input, MAX_LENGTH) : input;
  }

  private byte[] changed(byte[] input, List<byte[]> inputs) {
    int at = random.nextInt(input.length + 1);
    int length = Math.min(1 + random.nextInt(1 << random.nextInt(6)), input.length - at);
    return switch (random.nextInt(9)) {
      case 0 -> joined(input, at, new byte[0], at + length);
      case 1 -> joined(input, at, Arrays.copyOfRange(input, at, at + length), at);
      case 2 -> joined(input, at, randomBytes(), at);
      case 3 -> joined(input, at, randomBytes(), at + length);
      case 4 -> joined(input, at, word(), at);
      case 5 -> joined(input, at, word(), at + length);
      case 6 -> {
        byte[] other = inputs.get(random.nextInt(inputs.size()));
        int from = random.nextInt(other.length + 1);
        yield joined(input, at, Arrays.copyOfRange(other, from, other.length), at + length);
      }
      default -> {
        byte[] flipped = input.clone();
        if (at < flipped.length) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        yield flipped;
      }
    };
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[1 + random.nextInt(4)];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] word() {
    return words.isEmpty() ? randomBytes() : words.get(random.nextInt(words.size()));
  }

  private static byte[] joined(byte[] input, int end, byte[] middle, int from) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(input, 0, end);
    joined.writeBytes(middle);
    joined.write(input, from, input.length - from);
    return joined.toByteArray();
  }
}
