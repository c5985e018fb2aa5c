package vended.api.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.AuditWiring;
import vended.Priming;
import vended.Wiring;
import vended.allowlist.AllowListException;
import vended.allowlist.read.AllowListPages;
import vended.api.ApiHandler;
import vended.api.ApiRequest;
import vended.api.AskerLog;
import vended.api.Body;
import vended.api.Response;
import vended.api.Responses;
import vended.api.Sample;
import vended.api.access.AccessRoutes;
import vended.api.audit.AuditBody.Query;
import vended.audit.AuditException;
import vended.audit.Reason;
import vended.audit.VendId;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditCursors;
import vended.audit.query.AuditCursors.Resumed;
import vended.audit.query.FindVended;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.audit.query.Slice;
import vended.audit.reconcile.ReconcileAudit;
import vended.audit.reconcile.Reconciliation;
import vended.identity.Caller;
import vended.priming.SampleRows;
import vended.report.ReportDocument;
import vended.report.make.MakeReport;
import vended.report.make.ReportCursors;
import vended.report.make.ReportLimits;
import vended.report.make.TooLargeException;
import vended.telemetry.Telemetry;

/**
 * The audit function: {@code POST /audit/query}, {@code /audit/caller}, {@code /audit/report},
 * {@code /audit/reconcile} and the routes of {@link AccessRoutes}. It reads, and writes nothing but
 * its log.
 */
public final class AuditHandler extends ApiHandler {
  private final AccessRoutes accessRoutes;
  private final AskAudit askAudit;
  private final AuditCursors cursors;
  private final AllowListPages pages;
  private final Clock clock;
  private final MakeReport makeReport;
  private final ReportCursors reportCursors;
  private final ReconcileAudit reconcileAudit;
  private final Telemetry telemetry;

  /** For Lambda: wired by the process's environment. */
  public AuditHandler() {
    this(Priming.primed(Wiring.ofProcess(), sample(), sample()));
  }

  /** An event, to prime the function with: one hour, since each takes a query per shard. */
  public static Priming.Path sample() {
    Instant since = SampleRows.AT.truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
    String body =
        "{\"since\": \"%s\", \"until\": \"%s\"}".formatted(since, since.plusSeconds(3599));
    return new Sample(AuditHandler::new, "/audit/query", body);
  }

  /** For a given object graph. */
  public AuditHandler(Wiring wiring) {
    this(wiring, ReportLimits.ofFunction());
  }

  /** For a given object graph, with other limits for reports. */
  public AuditHandler(Wiring wiring, ReportLimits limits) {
    super(wiring.vendIds());
    AuditWiring audit = wiring.audit();
    this.accessRoutes = new AccessRoutes(wiring.access());
    this.askAudit = audit.askAudit();
    this.cursors = audit.auditCursors();
    this.pages = audit.allowListPages();
    this.clock = wiring.clock();
    this.makeReport = audit.makeReport(limits);
    this.reportCursors = audit.reportCursors();
    this.reconcileAudit = audit.reconcileAudit();
    this.telemetry = wiring.telemetry();
  }

  /** The audit itself can't have who asked it what, since this function only reads. */
  private static AskerLog log(ApiRequest request) {
    return new AskerLog(request, "audit");
  }

  @Override
  protected Response refuse(ApiRequest request, Reason reason) {
    log(request).refused(reason.code());
    return AuditAnswers.forbidden(request.vendId());
  }

  @Override
  protected Response answer(ApiRequest request, Caller caller) throws Exception {
    AskerLog log = log(request);
    Instant now = clock.instant();
    return switch (request.route()) {
      case "POST /audit/query" ->
          request.answer(
              body -> AuditBody.read(body, now), body -> query(body, log, request.vendId()));
      case "POST /audit/caller" ->
          request.answer(body -> CallerBody.read(body, cursors, now), body -> vended(body, log));
      case "POST /audit/report" ->
          request
              .body(ReportBody.MAX_BYTES)
              .then(body -> ReportBody.read(body, reportCursors, now))
              .answer(request.vendId(), body -> report(body, log, caller, request.vendId()));
      case "POST /audit/reconcile" ->
          request
              .foreignBody(ReconcileBody.MAX_BYTES)
              .then(body -> ReconcileBody.read(body, now))
              .answer(request.vendId(), body -> reconcile(body, log, request.vendId()));
      default -> {
        Response answer = accessRoutes.answer(request, log::asked);
        yield answer == null
            ? Responses.notFound(
                request.vendId(), "This function answers POST /audit/… and POST /access/….")
            : answer;
      }
    };
  }

  @Override
  protected Response fault(ApiRequest request, Exception fault) {
    return fault instanceof AuditException || fault instanceof AllowListException
        ? AuditAnswers.unavailable(request.vendId())
        : super.fault(request, fault);
  }

  private Response report(ReportBody body, AskerLog log, Caller asker, VendId vendId)
      throws AuditException, AllowListException {
    log.asked(body.asked());
    try {
      ReportDocument report = makeReport.make(body.state(), asker.arn().value());
      return report == null
          ? ReportAnswers.unfinished(
              reportCursors.write(body.state(), body.selection()), body.state().progress())
          : ReportAnswers.of(report, body.form(), vendId);
    } catch (TooLargeException e) {
      return ReportAnswers.tooLarge(vendId, e.what());
    }
  }

  /** The log has who asks before anything is read. */
  private Response query(AuditBody body, AskerLog log, VendId vendId)
      throws AuditException, AllowListException {
    log.asked(Map.of("selection", body.selection().json(), "next", body.cursor() != null));
    Body<List<String>> accounts =
        body.clients().isEmpty()
            ? new Body.Valid<>(List.of())
            : AskedClients.accounts(body.clients(), pages.clientNames());
    return accounts
        .then(found -> body.query(found, cursors))
        .<AuditException>answer(vendId, this::page);
  }

  private Response page(Query query) throws AuditException {
    Period period = query.question().period();
    Slice page = askAudit.ask(query.question(), query.from(), query.limit());
    String cursor = cursor(query.selection(), period, page.next());
    return AuditAnswers.page(page.rows(), cursor, query);
  }

  private Response vended(CallerBody body, AskerLog log) throws AuditException {
    log.asked(body.asked());
    FindVended.Part part =
        new FindVended(askAudit).find(body.caller().value(), body.period(), body.from());
    return AuditAnswers.vended(
        body, part.roles(), cursor(body.selection(), body.period(), part.next()));
  }

  private @Nullable String cursor(String selection, Period period, @Nullable Position next) {
    return next == null ? null : cursors.write(selection, new Resumed(period, next));
  }

  private Response reconcile(ReconcileBody body, AskerLog log, VendId vendId)
      throws AuditException {
    log.asked(body.members());
    Reconciliation reconciliation = reconcileAudit.reconcile(body.period(), body.events());
    if (reconciliation instanceof Reconciliation.Judged judged) {
      telemetry.reconciled(judged.findings());
    }
    return AuditAnswers.reconciliation(reconciliation, body.period(), vendId);
  }
}
