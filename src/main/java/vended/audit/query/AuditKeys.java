package vended.audit.query;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditIndex;

/** How rows are looked up: by that of the given members which the fewest rows have. */
public final class AuditKeys {
  /**
   * A record is written up to 3.25 s after the time that it has, and an index shows it a moment
   * later. What is newer than this is left out, so that nothing can come in behind a page.
   */
  public static final Duration SETTLED = Duration.ofSeconds(5);

  private static final Duration DEFAULT_PERIOD = Duration.ofDays(7);

  /** Members by the attributes that they are of, those that the fewest rows share first. */
  private static final List<Map.Entry<String, AuditIndex>> INDEXES =
      List.of(
          Map.entry("accessKeyId", AuditIndex.BY_ACCESS_KEY),
          Map.entry("roleArn", AuditIndex.BY_ROLE),
          Map.entry("caller", AuditIndex.BY_CALLER),
          Map.entry("account", AuditIndex.BY_ACCOUNT));

  /** Members that attributes must be equal to, by the attributes' names. */
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "vendId", "vendId",
          "accessKeyId", "accessKeyId",
          "roleArn", "roleArn",
          "caller", "caller",
          "account", "clientAccount",
          "reason", "reason");

  private AuditKeys() {}

  public static AuditKey best(Map<String, String> selection) {
    String vendId = selection.get("vendId");
    if (vendId != null) {
      return new AuditKey.OfVend(vendId);
    }
    for (Map.Entry<String, AuditIndex> index : INDEXES) {
      String value = selection.get(index.getKey());
      if (value != null) {
        return new AuditKey.Indexed(index.getValue(), value);
      }
    }
    return new AuditKey.Hours();
  }

  /** What else the rows must have, by the attributes' names. */
  public static Map<String, String> others(AuditKey key, Map<String, String> selection) {
    Map<String, String> others = new HashMap<>();
    ATTRIBUTES.forEach(
        (member, attribute) -> {
          String value = selection.get(member);
          if (value != null && !isKey(key, attribute)) {
            others.put(attribute, value);
          }
        });
    return others;
  }

  private static boolean isKey(AuditKey key, String attribute) {
    return switch (key) {
      case AuditKey.OfVend vend -> attribute.equals("vendId");
      case AuditKey.Indexed(AuditIndex index, String value) -> attribute.equals(index.hashKey());
      case AuditKey.Hours hours -> false;
    };
  }

  /**
   * The period that is answered. One vend, or one key, has few rows, so all of time is looked at;
   * and a vend's rows are read consistently, so the newest are not left out.
   */
  public static Period period(
      AuditKey key, @Nullable Instant since, @Nullable Instant until, Instant now) {
    boolean few =
        key instanceof AuditKey.OfVend
            || (key instanceof AuditKey.Indexed indexed
                && indexed.index() == AuditIndex.BY_ACCESS_KEY);
    Instant first = (until == null ? now : until).minus(DEFAULT_PERIOD);
    Instant begin = since != null ? since : few ? Period.FIRST : later(first, Period.FIRST);
    if (key instanceof AuditKey.OfVend) {
      return new Period(begin, until == null ? Period.END : until);
    }
    Instant settled = now.minus(SETTLED);
    return new Period(
        begin, later(begin, until == null || until.isAfter(settled) ? settled : until));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
