package vended.api.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.GrantMembers;
import vended.allowlist.Stored;
import vended.audit.AuditTime;
import vended.audit.query.AuditRow;
import vended.report.CallerRoleLinks;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.GrantFigures;
import vended.report.OpenRecords;
import vended.report.OutcomeFigures;
import vended.report.Refusals;
import vended.report.Report;
import vended.report.Shortened;
import vended.report.Timeline;
import vended.report.Totals;
import vended.report.Unused;

/**
 * The figures of a report as JSON. A number is exact. If not everything was read, there is a bound
 * instead, an object with one member: {@code {"atLeast": 7}} for a number, {@code {"notAfter":
 * "…"}} for a time. An unknown figure is null.
 */
final class ReportView {
  private ReportView() {}

  static Map<String, @Nullable Object> of(Report report) {
    Coverage coverage = report.coverage();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("since", AuditTime.at(coverage.period().since()));
    members.put("until", AuditTime.at(coverage.period().until()));
    members.put("completeSince", AuditTime.at(coverage.completeSince()));
    members.put("complete", report.isComplete());
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

  private static @Nullable Object figure(Figure figure) {
    return switch (figure) {
      case Figure.Exact(long read) -> read;
      case Figure.AtLeast(long read) -> Map.of("atLeast", read);
      case Figure.Unknown unknown -> null;
    };
  }

  private static Map<String, @Nullable Object> ends(OutcomeFigures ends) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("granted", figure(ends.granted()));
    members.put("denied", figure(ends.denied()));
    members.put("failed", figure(ends.failed()));
    return members;
  }

  private static Map<String, @Nullable Object> totals(Totals totals) {
    Map<String, @Nullable Object> probes = new LinkedHashMap<>();
    probes.put("passed", figure(totals.probesPassed()));
    probes.put("notPassed", figure(totals.probesNotPassed()));
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    changes.put("made", figure(totals.changes().granted()));
    changes.put("denied", figure(totals.changes().denied()));
    changes.put("failed", figure(totals.changes().failed()));
    Map<String, @Nullable Object> members = ends(totals.vends());
    members.put("probes", probes);
    members.put("changes", changes);
    members.put("callers", figure(totals.callers()));
    members.put("roles", figure(totals.roles()));
    members.put("clients", figure(totals.clients()));
    members.put("other", figure(totals.other()));
    return members;
  }

  private static Map<String, Object> timeline(Timeline timeline) {
    return Map.of(
        "step",
        timeline.step(),
        "buckets",
        timeline.buckets().stream()
            .map(
                bucket -> {
                  Map<String, @Nullable Object> members = ends(bucket.outcomes());
                  members.put("start", bucket.start().toString());
                  return members;
                })
            .toList());
  }

  private static Map<String, Object> links(CallerRoleLinks links) {
    Map<String, @Nullable Object> others = ends(links.ofOthers());
    others.put("links", figure(links.strongest().left()));
    return Map.of(
        "strongest",
        links.strongest().shown().stream()
            .map(
                link -> {
                  Map<String, @Nullable Object> members = new LinkedHashMap<>();
                  members.put("caller", link.caller());
                  members.put("roleArn", link.roleArn());
                  members.putAll(ends(link.outcomes()));
                  return members;
                })
            .toList(),
        "others",
        others);
  }

  private static Map<String, @Nullable Object> refusals(Refusals refusals) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("reasons", refusals.reasons().stream().map(ReportView::reasoned).toList());
    members.put("kinds", figure(refusals.top().count()));
    members.put("top", refusals.top().shown().stream().map(ReportView::refusal).toList());
    return members;
  }

  private static Map<String, @Nullable Object> reasoned(Refusals.ReasonCount reasoned) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("outcome", reasoned.outcome());
    members.put("reason", reasoned.reason());
    members.put("count", figure(reasoned.count()));
    return members;
  }

  private static Map<String, @Nullable Object> refusal(Refusals.RefusalCount refusal) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("outcome", refusal.kind().outcome());
    members.put("reason", refusal.kind().reason());
    members.put("caller", refusal.kind().caller());
    members.put("roleArn", refusal.kind().roleArn());
    members.put("count", figure(refusal.count()));
    members.put(
        "first",
        refusal.count() instanceof Figure.Exact
            ? refusal.first()
            : Map.of("notAfter", refusal.first()));
    members.put("last", refusal.last());
    return members;
  }

  private static Map<String, @Nullable Object> open(OpenRecords open) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("vends", listed(open.vends(), AuditRow::members));
    members.put("changes", listed(open.changes(), AuditRow::members));
    members.put("underWay", figure(open.underWay()));
    members.put("notLookedAt", figure(open.notLookedAt()));
    return members;
  }

  private static Map<String, @Nullable Object> allowList(GrantFigures grants) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("vending", grants.vending().state().name().toLowerCase(Locale.ROOT));
    members.put("vendingChangedAt", grants.vending().at());
    members.put("vendingChangedBy", grants.vending().by());
    members.put("clients", figure(grants.clients()));
    members.put("grants", figure(grants.grants()));
    members.put("disabled", figure(grants.disabled()));
    members.put("whole", grants.whole());
    members.put(
        "suspended",
        listed(grants.suspended(), c -> Map.of("account", c.account(), "name", c.name())));
    members.put("drifted", listed(grants.drifted(), ReportView::drifted));
    members.put("corrupt", listed(grants.corrupt(), row -> row));
    members.put("unpinned", listed(grants.unpinned(), ReportView::grant));
    members.put("expired", listed(grants.expired(), ReportView::grant));
    members.put("expiring", listed(grants.expiring(), ReportView::grant));
    members.put("unused", unused(grants.unused()));
    return members;
  }

  private static Map<String, Object> drifted(GrantFigures.Drifted role) {
    return Map.of("roleArn", role.roleArn(), "client", role.client(), "probeId", role.probeId());
  }

  private static Map<String, @Nullable Object> unused(Unused unused) {
    Map<String, @Nullable Object> members = listed(unused.grants(), ReportView::grant);
    members.put("young", figure(unused.young()));
    members.put("notLookedAt", figure(unused.notLookedAt()));
    return members;
  }

  private static Map<String, @Nullable Object> grant(Stored<Grant> stored) {
    Map<String, @Nullable Object> members = GrantMembers.of(stored);
    members.remove("policy");
    return members;
  }

  private static <T> Map<String, @Nullable Object> listed(
      Shortened<T> listed, Function<T, Object> one) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("count", figure(listed.count()));
    members.put("shown", List.copyOf(listed.shown().stream().map(one).toList()));
    return members;
  }
}
