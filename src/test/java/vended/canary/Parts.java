package vended.canary;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Knows every part of {@value #LENGTH} bytes of the secrets' forms by its hash, and finds one in a
 * text. Hashes have 64 bits, so a text that only looks like a part is not to be expected.
 */
final class Parts {
  /** Shorter parts are in other texts too. */
  static final int LENGTH = 16;

  private static final long BASE = 0x9E3779B97F4A7C15L;
  private static final long FIRST = power();

  private long[] hashes = new long[1 << 16];
  private int[] owners = new int[1 << 16];
  private int size;

  private static long power() {
    long power = 1;
    for (int i = 0; i < LENGTH; i++) {
      power *= BASE;
    }
    return power;
  }

  int size() {
    return size;
  }

  /** Adds all parts of a form of a secret. */
  void add(byte[] form, int owner) {
    long hash = 0;
    for (int i = 0; i < form.length; i++) {
      hash = next(hash, form, i);
      if (i >= LENGTH - 1) {
        put(hash, owner);
      }
    }
  }

  /** Which secret has a part in a text: the first one. */
  OptionalInt find(byte[] text) {
    long hash = 0;
    for (int i = 0; i < text.length; i++) {
      hash = next(hash, text, i);
      int slot = slot(hash, hashes);
      if (i >= LENGTH - 1 && hashes[slot] == hash && hash != 0) {
        return OptionalInt.of(owners[slot]);
      }
    }
    return OptionalInt.empty();
  }

  /** Of the last bytes up to here. */
  private static long next(long hash, byte[] bytes, int at) {
    long added = hash * BASE + bytes[at] + 1;
    return at < LENGTH ? added : added - (bytes[at - LENGTH] + 1) * FIRST;
  }

  private void put(long hash, int owner) {
    if (2 * size > hashes.length) {
      grow();
    }
    int slot = slot(hash, hashes);
    size += hashes[slot] == 0 ? 1 : 0;
    hashes[slot] = hash;
    owners[slot] = owner;
  }

  /** Where a hash is, or would be. */
  private static int slot(long hash, long[] table) {
    int slot = (int) (hash ^ hash >>> 32) & table.length - 1;
    while (table[slot] != 0 && table[slot] != hash) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  private void grow() {
    long[] old = hashes;
    int[] oldOwners = owners;
    hashes = new long[2 * old.length];
    owners = Arrays.copyOf(owners, 2 * old.length);
    for (int i = 0; i < old.length; i++) {
      if (old[i] != 0) {
        int slot = slot(old[i], hashes);
        hashes[slot] = old[i];
        owners[slot] = oldOwners[i];
      }
    }
  }
}
