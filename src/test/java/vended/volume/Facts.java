package vended.volume;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import vended.audit.query.Period;
import vended.volume.Fact.About;
import vended.volume.Fact.End;
import vended.volume.Fact.Sender;

/** Every record that the audit must have, in the order of writing. */
final class Facts {
  private final List<Fact> all = new ArrayList<>();
  private final Map<String, String> markers = new HashMap<>();

  void add(Fact fact) {
    all.add(fact);
  }

  /** Both records of a probe. */
  void probe(String id, long start, long end, Sender sender, About about, boolean passed) {
    add(new Fact(id, Fact.INTENT, start, sender, about, null, null));
    add(
        new Fact(
            id,
            Fact.PROBE,
            end,
            sender,
            about,
            new End(passed ? "passed" : "not passed", null),
            null));
  }

  /** Both records of a change. */
  void change(String id, long at, Sender sender, About about, End end) {
    add(new Fact(id, Fact.ADMIN, at, sender, about, null, null));
    add(new Fact(id, Fact.ADMIN_OUTCOME, at, sender, about, end, null));
  }

  /** What a change that was made means for vends, in the words of a report. */
  void mark(String id, String kind) {
    markers.put(id, kind);
  }

  /** The same of each change that was made. */
  Map<String, String> markers() {
    return markers;
  }

  List<Fact> all() {
    return all;
  }

  Stream<Fact> of(Period period) {
    return all.stream().filter(in(period));
  }

  static Predicate<Fact> in(Period period) {
    long since = period.since().toEpochMilli();
    long until = period.until().toEpochMilli();
    return fact -> fact.at() >= since && fact.at() < until;
  }
}
