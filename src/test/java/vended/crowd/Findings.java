package vended.crowd;

import java.util.ArrayList;
import java.util.List;

/** What should not have been. */
final class Findings {
  /** The rest says nothing new. */
  private static final int KEPT = 50;

  private final List<String> first = new ArrayList<>();
  private long count;

  synchronized void add(String finding) {
    count++;
    if (first.size() < KEPT) {
      first.add(finding);
    }
  }

  /** The first of them. */
  synchronized List<String> first() {
    return List.copyOf(first);
  }

  synchronized long count() {
    return count;
  }
}
