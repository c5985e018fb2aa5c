package vended.api.audit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import vended.Wiring;
import vended.allowlist.AllowListException;
import vended.api.Body;
import vended.api.FaultLog;
import vended.api.Requests;
import vended.api.Responses;
import vended.api.audit.AuditBody.Query;
import vended.audit.AuditException;
import vended.audit.VendId;
import vended.audit.query.AuditCursors.Resumed;
import vended.audit.query.Auditing;
import vended.audit.query.FindVended;
import vended.audit.query.Position;
import vended.audit.query.Slice;
import vended.audit.reconcile.ReconcileAudit;
import vended.audit.reconcile.Reconciliation;
import vended.identity.Caller;
import vended.report.make.MakeReport;
import vended.report.make.ReportLimits;
import vended.telemetry.Telemetry;

/**
 * The audit function: {@code POST /audit/query}, {@code /audit/caller}, {@code /audit/report} and
 * {@code /audit/reconcile}. It reads, and writes nothing but its log.
 */
public final class AuditHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Auditing auditing;
  private final MakeReport makeReport;
  private final ReconcileAudit reconcileAudit;
  private final Telemetry telemetry;
  private final Supplier<VendId> vendIds;

  /** For Lambda: wired by the process's environment. */
  public AuditHandler() {
    this(Wiring.ofProcess());
  }

  /** Of wired parts. */
  public AuditHandler(Wiring wiring) {
    this(wiring, ReportLimits.ofFunction());
  }

  /** Of wired parts, with other limits for reports. */
  public AuditHandler(Wiring wiring, ReportLimits limits) {
    this.auditing = wiring.auditing();
    this.makeReport = wiring.makeReport(limits);
    this.reconcileAudit = wiring.reconcileAudit();
    this.telemetry = wiring.telemetry();
    this.vendIds = wiring.vendIds();
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    VendId vendId = vendIds.get();
    try {
      return identify(event, context, vendId);
    } catch (AuditException | AllowListException e) {
      FaultLog.log(context, vendId, e);
      return AuditAnswers.unavailable(vendId);
    } catch (RuntimeException e) {
      FaultLog.log(context, vendId, e);
      return Responses.internalError(vendId);
    }
  }

  private APIGatewayProxyResponseEvent identify(
      APIGatewayProxyRequestEvent event, Context context, VendId vendId)
      throws AuditException, AllowListException {
    Caller.Identification identification = Caller.identify(Requests.identity(event));
    // The template's route, not the path: behind a custom domain the path has a prefix.
    String route = event.getHttpMethod() + " " + event.getResource();
    AskerLog log = new AskerLog(context, vendId, route, Requests.requester(event, identification));
    return switch (identification) {
      case Caller.Unidentified(Caller.Fault fault) -> {
        log.refused("identity_" + fault.name().toLowerCase(Locale.ROOT));
        yield AuditAnswers.forbidden(vendId);
      }
      case Caller.Identified identified ->
          route(route, event, log, vendId, identified.caller().arn().value());
    };
  }

  private APIGatewayProxyResponseEvent route(
      String route, APIGatewayProxyRequestEvent event, AskerLog log, VendId vendId, String asker)
      throws AuditException, AllowListException {
    return switch (route) {
      case "POST /audit/query" -> query(event, log, vendId);
      case "POST /audit/caller" -> vended(event, log, vendId);
      case "POST /audit/report" -> report(event, log, vendId, asker);
      case "POST /audit/reconcile" -> reconcile(event, log, vendId);
      default ->
          Responses.notFound(
              vendId,
              "This function answers POST /audit/query, /audit/caller, /audit/report and"
                  + " /audit/reconcile.");
    };
  }

  private APIGatewayProxyResponseEvent query(
      APIGatewayProxyRequestEvent event, AskerLog log, VendId vendId) throws AuditException {
    return switch (AuditBody.query(event, auditing.cursors(), auditing.clock().instant())) {
      case Body.Invalid<Query> invalid -> Responses.invalid(vendId, invalid);
      case Body.Valid<Query>(Query query) -> query(query, log);
    };
  }

  private APIGatewayProxyResponseEvent vended(
      APIGatewayProxyRequestEvent event, AskerLog log, VendId vendId) throws AuditException {
    return switch (CallerBody.read(event, auditing.cursors(), auditing.clock().instant())) {
      case Body.Invalid<CallerBody> invalid -> Responses.invalid(vendId, invalid);
      case Body.Valid<CallerBody>(CallerBody body) -> vended(body, log);
    };
  }

  private APIGatewayProxyResponseEvent report(
      APIGatewayProxyRequestEvent event, AskerLog log, VendId vendId, String asker)
      throws AuditException, AllowListException {
    return switch (ReportBody.read(event, auditing.clock().instant())) {
      case Body.Invalid<ReportBody> invalid -> Responses.invalid(vendId, invalid);
      case Body.Valid<ReportBody>(ReportBody body) -> {
        log.asked(body.asked());
        yield ReportAnswers.of(makeReport.make(body.period(), asker), body.html());
      }
    };
  }

  private APIGatewayProxyResponseEvent reconcile(
      APIGatewayProxyRequestEvent event, AskerLog log, VendId vendId) throws AuditException {
    return switch (ReconcileBody.of(event, auditing.clock().instant())) {
      case Body.Invalid<ReconcileBody> invalid -> Responses.invalid(vendId, invalid);
      case Body.Valid<ReconcileBody>(ReconcileBody body) -> reconcile(body, log, vendId);
    };
  }

  /** Who asks is in the log before anything is read. */
  private APIGatewayProxyResponseEvent query(Query query, AskerLog log) throws AuditException {
    log.asked(Map.of("selection", query.selection(), "next", query.from() != null));
    Slice page = auditing.askAudit().ask(query.question(), query.from(), query.limit());
    String cursor =
        page.next() == null
            ? null
            : auditing
                .cursors()
                .write(query.selection(), new Resumed(query.question().period(), page.next()));
    return AuditAnswers.page(page.rows(), cursor, query.question().period(), query.form());
  }

  private APIGatewayProxyResponseEvent vended(CallerBody body, AskerLog log) throws AuditException {
    log.asked(body.asked());
    FindVended.Part part =
        new FindVended(auditing.askAudit()).find(body.caller().value(), body.period(), body.from());
    Position next = part.next();
    String cursor =
        next == null
            ? null
            : auditing.cursors().write(body.selection(), new Resumed(body.period(), next));
    return AuditAnswers.vended(body, part.roles(), cursor);
  }

  private APIGatewayProxyResponseEvent reconcile(ReconcileBody body, AskerLog log, VendId vendId)
      throws AuditException {
    log.asked(body.members());
    Reconciliation reconciliation = reconcileAudit.reconcile(body.period(), body.events());
    if (reconciliation instanceof Reconciliation.Judged judged) {
      telemetry.reconciled(judged.findings());
    }
    return AuditAnswers.reconciliation(reconciliation, body.period(), vendId);
  }
}
