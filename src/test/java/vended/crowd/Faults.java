package vended.crowd;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.local.WireRequest;

/** Decides which calls fail, and remembers for whom. */
final class Faults {
  /** An ID by itself in JSON, or behind the name in a session's name, which a form encodes. */
  private static final Pattern VEND = Pattern.compile("(?:%40|\")([0-7][0-9A-HJKMNP-TV-Z]{25})\\b");

  private static final Pattern CALLER = Pattern.compile("caller#(arn:[^\"]+)\"");

  private final int percent;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong injected = new AtomicLong();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /**
   * Faults.
   *
   * @param percent of the calls
   */
  Faults(int percent) {
    this.percent = percent;
  }

  /** What happens to a call; null if nothing does. */
  @Nullable Fault next(WireRequest request) {
    calls.incrementAndGet();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (random.nextInt(100) >= percent) {
      return null;
    }
    List<Fault> all = request.operation().equals("BatchGetItem") ? Fault.OF_BATCH : Fault.OF_ANY;
    Fault fault = all.get(random.nextInt(all.size()));
    injected.incrementAndGet();
    if (fault != Fault.SLOW) {
      Matcher vend = VEND.matcher(request.body());
      Matcher caller = CALLER.matcher(request.body());
      if (vend.find()) {
        counts.merge(vend.group(1), 1, Integer::sum);
      } else if (caller.find()) {
        counts.merge(caller.group(1), 1, Integer::sum);
      }
    }
    return fault;
  }

  /** How many calls a vend (by its ID) or the reads for a caller (by its ARN) lost so far. */
  int of(String whose) {
    return counts.getOrDefault(whose, 0);
  }

  /** Forgets a vend that is over. */
  void forget(String vendId) {
    counts.remove(vendId);
  }

  long calls() {
    return calls.get();
  }

  long injected() {
    return injected.get();
  }
}
