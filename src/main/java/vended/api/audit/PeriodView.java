package vended.api.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditTime;
import vended.audit.query.AuditRow;
import vended.audit.query.Period;
import vended.report.period.CallerFigures;
import vended.report.period.ClientFigures;
import vended.report.period.Counts;
import vended.report.period.Marker;
import vended.report.period.NewAddress;
import vended.report.period.Open;
import vended.report.period.PairFigures;
import vended.report.period.PeriodFigures;
import vended.report.period.Previous;
import vended.report.period.Refusals;
import vended.report.period.Timeline;
import vended.report.period.Totals;
import vended.report.period.Usage;

/** The figures of a report's period as JSON. */
public final class PeriodView {
  /** The most new addresses in full; the others are only counted. */
  private static final int ADDRESSES = 1_000;

  private PeriodView() {}

  /** The figures as JSON members. */
  public static Map<String, @Nullable Object> of(PeriodFigures figures) {
    Map<String, @Nullable Object> members = period(figures.period());
    members.put("rows", figures.rows());
    members.put("totals", totals(figures.totals()));
    members.put("previous", previous(figures.previous()));
    members.put("timeline", timeline(figures.timeline()));
    members.put("markers", figures.markers().stream().map(PeriodView::marker).toList());
    members.put("pairs", figures.pairs().stream().map(PeriodView::pair).toList());
    members.put("callers", figures.callers().stream().map(PeriodView::caller).toList());
    members.put("clients", figures.clients().stream().map(PeriodView::client).toList());
    members.put("refusals", refusals(figures.refusals()));
    members.put("newAddresses", addresses(figures.newAddresses()));
    members.put("open", open(figures.open()));
    members.put("newest", figures.newest().stream().map(AuditRow::members).toList());
    return members;
  }

  private static Map<String, @Nullable Object> period(Period period) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("since", AuditTime.at(period.since()));
    members.put("until", AuditTime.at(period.until()));
    return members;
  }

  private static Map<String, @Nullable Object> counts(Counts counts) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("granted", counts.granted());
    members.put("denied", counts.denied());
    members.put("failed", counts.failed());
    return members;
  }

  private static Map<String, @Nullable Object> totals(Totals totals) {
    Map<String, @Nullable Object> probes = new LinkedHashMap<>();
    probes.put("passed", totals.probesPassed());
    probes.put("notPassed", totals.probesNotPassed());
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    changes.put("made", totals.changes().granted());
    changes.put("denied", totals.changes().denied());
    changes.put("failed", totals.changes().failed());
    Map<String, @Nullable Object> members = counts(totals.vends());
    members.put("probes", probes);
    members.put("changes", changes);
    members.put("callers", totals.callers());
    members.put("roles", totals.roles());
    members.put("clients", totals.clients());
    members.put("addresses", totals.addresses() == Totals.UNCOUNTED ? null : totals.addresses());
    members.put("other", totals.other());
    return members;
  }

  private static Map<String, @Nullable Object> previous(Previous previous) {
    Map<String, @Nullable Object> members = period(previous.period());
    members.put("rows", previous.rows());
    members.put("totals", totals(previous.totals()));
    return members;
  }

  private static Map<String, @Nullable Object> timeline(Timeline timeline) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("step", timeline.unit().name().toLowerCase(Locale.ROOT).replaceFirst("s$", ""));
    members.put(
        "buckets",
        timeline.buckets().stream()
            .map(
                bucket -> {
                  Map<String, @Nullable Object> one = counts(bucket.counts());
                  one.put("start", bucket.start().toString());
                  return one;
                })
            .toList());
    return members;
  }

  private static Map<String, @Nullable Object> marker(Marker marker) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("at", marker.at());
    members.put("kind", marker.kind().name().toLowerCase(Locale.ROOT));
    members.put("action", marker.action());
    members.put("target", marker.target());
    members.put("clientName", marker.clientName());
    members.put("by", marker.by());
    members.put("vendId", marker.vendId());
    return members;
  }

  private static void put(Map<String, @Nullable Object> members, Usage usage) {
    members.putAll(counts(usage.counts()));
    members.put("first", usage.first());
    members.put("last", usage.last());
    members.put("new", usage.isNew());
  }

  /**
   * Without the account, which the role's ARN has, and without what is zero or false: 20,000 pairs
   * have to fit into an answer.
   */
  private static Map<String, @Nullable Object> pair(PairFigures pair) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("caller", pair.caller());
    members.put("roleArn", pair.roleArn());
    put(members, pair.usage());
    members
        .values()
        .removeIf(value -> Long.valueOf(0).equals(value) || Boolean.FALSE.equals(value));
    return members;
  }

  private static Map<String, @Nullable Object> caller(CallerFigures caller) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("caller", caller.caller());
    members.put("clients", caller.clients());
    members.put("roles", caller.roles());
    put(members, caller.usage());
    return members;
  }

  private static Map<String, @Nullable Object> client(ClientFigures client) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("account", client.account());
    members.put("name", client.name());
    members.put("callers", client.callers());
    members.put("roles", client.roles());
    put(members, client.usage());
    return members;
  }

  private static Map<String, @Nullable Object> refusals(Refusals refusals) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("reasons", refusals.reasons().stream().map(PeriodView::reason).toList());
    members.put("kinds", refusals.kinds().stream().map(PeriodView::kind).toList());
    members.put("otherKinds", refusals.otherKinds());
    return members;
  }

  private static Map<String, @Nullable Object> reason(Refusals.ReasonCount reason) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("outcome", reason.outcome());
    members.put("reason", reason.reason());
    members.put("count", reason.count());
    return members;
  }

  private static Map<String, @Nullable Object> kind(Refusals.Kind kind) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("outcome", kind.outcome());
    members.put("reason", kind.reason());
    members.put("caller", kind.caller());
    members.put("roleArn", kind.roleArn());
    members.put("count", kind.count());
    members.put("first", kind.first());
    members.put("last", kind.last());
    return members;
  }

  private static Map<String, @Nullable Object> addresses(List<NewAddress> addresses) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("count", addresses.size());
    members.put(
        "shown",
        addresses.stream()
            .limit(ADDRESSES)
            .map(
                one -> {
                  Map<String, @Nullable Object> address = new LinkedHashMap<>();
                  address.put("address", one.address());
                  address.put("caller", one.caller());
                  address.put("first", one.first());
                  return address;
                })
            .toList());
    return members;
  }

  private static Map<String, @Nullable Object> open(Open open) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("vends", open.vends().stream().map(AuditRow::members).toList());
    members.put("changes", open.changes().stream().map(AuditRow::members).toList());
    members.put("vendCount", open.vendCount());
    members.put("changeCount", open.changeCount());
    members.put("underWay", open.underWay());
    return members;
  }
}
