package vended.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.Kept;
import vended.audit.AuditTime;
import vended.audit.query.AuditRow;
import vended.report.Coverage;
import vended.report.Ends;
import vended.report.GrantFigures;
import vended.report.Links;
import vended.report.Listed;
import vended.report.Open;
import vended.report.Refusals;
import vended.report.Report;
import vended.report.Timeline;
import vended.report.Totals;

/** The figures of a report as JSON. */
final class ReportView {
  private ReportView() {}

  static Map<String, @Nullable Object> of(Report report) {
    Coverage coverage = report.coverage();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("since", AuditTime.at(coverage.period().since()));
    members.put("until", AuditTime.at(coverage.period().until()));
    members.put("completeSince", AuditTime.at(coverage.completeSince()));
    members.put("complete", coverage.isComplete());
    members.put("rows", coverage.rows());
    members.put("madeAt", AuditTime.at(coverage.madeAt()));
    members.put("madeFor", coverage.madeFor());
    members.put("totals", totals(report.totals()));
    members.put("timeline", timeline(report.timeline()));
    members.put("links", links(report.links()));
    members.put("refusals", refusals(report.refusals()));
    members.put("open", open(report.open()));
    members.put("allowList", allowList(report.grants()));
    members.put("newest", report.newest().stream().map(AuditRow::members).toList());
    return members;
  }

  private static Map<String, Object> ends(Ends ends) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("granted", ends.granted());
    members.put("denied", ends.denied());
    members.put("failed", ends.failed());
    return members;
  }

  private static Map<String, Object> totals(Totals totals) {
    Map<String, Object> members = ends(totals.vends());
    members.put(
        "probes", Map.of("passed", totals.probesPassed(), "notPassed", totals.probesNotPassed()));
    members.put(
        "changes",
        Map.of(
            "made", totals.changesMade(),
            "denied", totals.changesDenied(),
            "failed", totals.changesFailed()));
    members.put("callers", totals.callers());
    members.put("roles", totals.roles());
    members.put("clients", totals.clients());
    members.put("other", totals.other());
    return members;
  }

  private static Map<String, Object> timeline(Timeline timeline) {
    return Map.of(
        "step",
        timeline.hourly() ? "hour" : "day",
        "buckets",
        timeline.buckets().stream()
            .map(
                bucket -> {
                  Map<String, Object> members = ends(bucket.ends());
                  members.put("start", bucket.start().toString());
                  return members;
                })
            .toList());
  }

  private static Map<String, Object> links(Links links) {
    Map<String, Object> others = ends(links.ofOthers());
    others.put("links", links.others());
    return Map.of(
        "strongest",
        links.strongest().stream()
            .map(
                link -> {
                  Map<String, Object> members = new LinkedHashMap<>();
                  members.put("caller", link.caller());
                  members.put("roleArn", link.roleArn());
                  members.putAll(ends(link.ends()));
                  return members;
                })
            .toList(),
        "others",
        others);
  }

  private static Map<String, Object> refusals(Refusals refusals) {
    return Map.of(
        "reasons",
        refusals.reasons().stream()
            .map(r -> Map.of("outcome", r.outcome(), "reason", r.reason(), "count", r.count()))
            .toList(),
        "kinds",
        refusals.kinds(),
        "top",
        refusals.top().stream()
            .map(
                refusal ->
                    Map.of(
                        "outcome", refusal.what().outcome(),
                        "reason", refusal.what().reason(),
                        "caller", refusal.what().caller(),
                        "roleArn", refusal.what().roleArn(),
                        "count", refusal.seen().count(),
                        "first", refusal.seen().first(),
                        "last", refusal.seen().last()))
            .toList());
  }

  private static Map<String, Object> open(Open open) {
    return Map.of(
        "vends", listed(open.vends(), AuditRow::members),
        "changes", listed(open.changes(), AuditRow::members),
        "underWay", open.underWay(),
        "notLookedAt", open.notLookedAt());
  }

  private static Map<String, @Nullable Object> allowList(GrantFigures grants) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("vending", grants.vending().state().name().toLowerCase(Locale.ROOT));
    members.put("vendingChangedAt", grants.vending().at());
    members.put("vendingChangedBy", grants.vending().by());
    members.put("clients", grants.clients());
    members.put("grants", grants.grants());
    members.put("disabled", grants.disabled());
    members.put("whole", grants.whole());
    members.put(
        "suspended",
        listed(grants.suspended(), c -> Map.of("account", c.account(), "name", c.name())));
    members.put(
        "drifted",
        listed(
            grants.drifted(),
            role ->
                Map.of(
                    "roleArn",
                    role.roleArn(),
                    "client",
                    role.client(),
                    "probeId",
                    role.probeId())));
    members.put("corrupt", listed(grants.corrupt(), row -> row));
    members.put("unpinned", listed(grants.unpinned(), ReportView::grant));
    members.put("expired", listed(grants.expired(), ReportView::grant));
    members.put("expiring", listed(grants.expiring(), ReportView::grant));
    Map<String, Object> unused = listed(grants.unused().grants(), ReportView::grant);
    unused.put("young", grants.unused().young());
    unused.put("notLookedAt", grants.unused().notLookedAt());
    members.put("unused", unused);
    return members;
  }

  private static Map<String, @Nullable Object> grant(Kept<Grant> kept) {
    Map<String, @Nullable Object> members = GrantView.json(kept);
    members.remove("policy");
    return members;
  }

  private static <T> Map<String, Object> listed(Listed<T> listed, Function<T, Object> one) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("count", listed.count());
    members.put("shown", List.copyOf(listed.shown().stream().map(one).toList()));
    return members;
  }
}
