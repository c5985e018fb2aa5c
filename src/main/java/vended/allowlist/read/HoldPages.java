package vended.allowlist.read;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vended.allowlist.AllowListException;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;

/** Lists the suspensions that clients made themselves. The list may be some seconds old. */
@FunctionalInterface
public interface HoldPages {
  /** All of them by account, also those that have ended. */
  Map<String, Row<Stored<Hold>>> holds() throws AllowListException;

  /** The accounts that must not be entered. */
  static Set<String> standing(Map<String, Row<Stored<Hold>>> holds) {
    return holds.entrySet().stream()
        .filter(hold -> Hold.stands(hold.getValue().map(Stored::value)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
