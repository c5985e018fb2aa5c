package vended.capacity;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import vended.audit.AuditTime;
import vended.audit.VendId;

/**
 * How vends spread over the shards of an hour, with IDs as the service makes them.
 *
 * @param most the most vends of one shard in one second
 * @param spread by how much the fullest shard of all the time is above the average, as a fraction
 */
record ShardLoads(int most, double spread) {
  private static final Instant START = Instant.parse("2026-01-31T14:00:00Z");

  private static final Map<Integer, ShardLoads> OF_A_MINUTE = new ConcurrentHashMap<>();

  /** A minute of vends at a steady rate. */
  static ShardLoads of(int perSecond) {
    return OF_A_MINUTE.computeIfAbsent(perSecond, rate -> of(rate, 60));
  }

  private static ShardLoads of(int perSecond, int seconds) {
    Random random = new Random(13);
    Map<String, Integer> all = new HashMap<>();
    int most = 0;
    for (int second = 0; second < seconds; second++) {
      Map<String, Integer> now = new HashMap<>();
      for (int i = 0; i < perSecond; i++) {
        Instant at = START.plusSeconds(second).plusMillis(1000L * i / perSecond);
        Supplier<VendId> ids = VendId.source(Clock.fixed(at, ZoneOffset.UTC), random);
        now.merge(RecordedVends.hourShard(ids.get(), at), 1, Integer::sum);
      }
      most = Math.max(most, now.values().stream().mapToInt(Integer::intValue).max().orElse(0));
      now.forEach((shard, count) -> all.merge(shard, count, Integer::sum));
    }
    int fullest = all.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    double average = (double) perSecond * seconds / AuditTime.SHARDS;
    return new ShardLoads(most, fullest / average - 1);
  }

  /**
   * How probable it is that some shards of an hour are in one physical partition, if DynamoDB's
   * hash puts each into any with the same probability.
   *
   * @param least how many shards, or more
   * @param partitions how many partitions the index has
   */
  static double together(int least, int partitions) {
    // By counts that are at most least - 1: the number of ways, as an exponential generating
    // function.
    double[] ways = new double[AuditTime.SHARDS + 1];
    ways[0] = 1;
    for (int partition = 0; partition < partitions; partition++) {
      double[] next = new double[ways.length];
      for (int used = 0; used < ways.length; used++) {
        double chosen = 1;
        for (int here = 0; here < least && used + here < ways.length; here++) {
          next[used + here] += ways[used] * chosen;
          chosen /= here + 1;
        }
      }
      ways = next;
    }
    double factorial = 1;
    for (int i = 2; i <= AuditTime.SHARDS; i++) {
      factorial *= i;
    }
    double apart =
        Arrays.stream(ways).reduce((first, last) -> last).orElse(0)
            * factorial
            / Math.pow(partitions, AuditTime.SHARDS);
    return 1 - apart;
  }
}
