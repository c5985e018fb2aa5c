package vended;

import java.time.Clock;
import vended.allowlist.read.AllowListPages;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditCursors;
import vended.audit.reconcile.ReconcileAudit;
import vended.audit.reconcile.VendorRole;
import vended.report.make.MakeReport;
import vended.report.make.ReportCursors;
import vended.report.make.ReportLimits;

/** Builds the use cases behind {@code /audit/…}. */
public final class AuditWiring {
  private final Settings settings;
  private final Adapters adapters;
  private final Clock clock;

  AuditWiring(Settings settings, Adapters adapters, Clock clock) {
    this.settings = settings;
    this.adapters = adapters;
    this.clock = clock;
  }

  /** The use case behind {@code /audit/query} and {@code /audit/caller}. */
  public AskAudit askAudit() {
    return new AskAudit(adapters.auditRows(), clock);
  }

  /** The cursors of the audit's pages. */
  public AuditCursors auditCursors() {
    return new AuditCursors(settings.auditTable());
  }

  /** The use case behind {@code /audit/reconcile}. */
  public ReconcileAudit reconcileAudit() {
    return new ReconcileAudit(
        adapters.auditRows(),
        adapters.auditSweep(),
        clock,
        new VendorRole(settings.vendorRole(), settings.vendorRoleId()));
  }

  /** The use case behind {@code /audit/report}, within limits for one call. */
  public MakeReport makeReport(ReportLimits limits) {
    return new MakeReport(
        adapters.auditSweep(),
        adapters.auditRows(),
        adapters.lastUse(),
        adapters.pages(),
        clock,
        limits);
  }

  /** The cursors of reports. */
  public ReportCursors reportCursors() {
    return new ReportCursors(settings.auditTable());
  }

  /** Lists of the allow-list, which may be some seconds old. */
  public AllowListPages allowListPages() {
    return adapters.pages();
  }
}
