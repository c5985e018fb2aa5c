package vended.text;

import java.util.Locale;

/** An enum whose constants have codes in records, metrics and JSON. */
public interface Coded {
  /** The name of the constant. */
  String name();

  /** The code: the name in lower case. */
  default String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
