package vended.audit.query;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditIndex;

/** Chooses the key of a question: the given member that the fewest rows share. */
public final class AuditKeys {
  /**
   * A record is written up to 3.25 s after its time, and an index shows it a moment later. Pages
   * leave out newer rows, so that none can appear in front of a page already read.
   */
  public static final Duration SETTLED = Duration.ofSeconds(5);

  private static final Duration DEFAULT_PERIOD = Duration.ofDays(7);

  /** Those whose values the fewest rows share come first. */
  private static final List<AuditIndex> INDEXES =
      List.of(
          AuditIndex.BY_ACCESS_KEY,
          AuditIndex.BY_ROLE,
          AuditIndex.BY_CALLER,
          AuditIndex.BY_ACCOUNT);

  private static final List<String> NOT_INDEXED = List.of("vendId", "reason");

  private AuditKeys() {}

  /** The key of a selection: by member, the values of which rows must have one. */
  public static AuditKey best(Map<String, List<String>> selection) {
    List<String> vendIds = selection.get("vendId");
    if (vendIds != null) {
      return new AuditKey.OfVends(vendIds);
    }
    for (AuditIndex index : INDEXES) {
      List<String> values = selection.get(member(index.hashKey()));
      if (values != null) {
        return new AuditKey.Indexed(index, values);
      }
    }
    return new AuditKey.Hours();
  }

  /** The values of which the rows must have one besides the key, by attribute. */
  public static Map<String, Set<String>> others(AuditKey key, Map<String, List<String>> selection) {
    Map<String, Set<String>> others = new HashMap<>();
    Stream.concat(INDEXES.stream().map(AuditIndex::hashKey), NOT_INDEXED.stream())
        .filter(attribute -> !isKey(key, attribute))
        .forEach(
            attribute -> {
              List<String> values = selection.get(member(attribute));
              if (values != null) {
                others.put(attribute, Set.copyOf(values));
              }
            });
    return others;
  }

  /** The member of a question that must equal an attribute. */
  private static String member(String attribute) {
    return attribute.equals(AuditIndex.BY_ACCOUNT.hashKey()) ? "account" : attribute;
  }

  private static boolean isKey(AuditKey key, String attribute) {
    return switch (key) {
      case AuditKey.OfVends vends -> attribute.equals("vendId");
      case AuditKey.Indexed indexed -> attribute.equals(indexed.index().hashKey());
      case AuditKey.Hours hours -> false;
    };
  }

  /**
   * The period of an answer. One vend or one access key has few rows, so it is any time by default.
   * A vend's rows are read consistently, so its newest rows are not left out.
   */
  public static Period period(
      AuditKey key, @Nullable Instant since, @Nullable Instant until, Instant now) {
    boolean few =
        key instanceof AuditKey.OfVends
            || (key instanceof AuditKey.Indexed indexed
                && indexed.index() == AuditIndex.BY_ACCESS_KEY);
    Instant first = (until == null ? now : until).minus(DEFAULT_PERIOD);
    Instant begin = since != null ? since : few ? Period.FIRST : later(first, Period.FIRST);
    if (key instanceof AuditKey.OfVends) {
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
