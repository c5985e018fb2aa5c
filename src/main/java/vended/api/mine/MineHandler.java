package vended.api.mine;

import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.Priming;
import vended.Wiring;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.api.ApiHandler;
import vended.api.ApiRequest;
import vended.api.AskerLog;
import vended.api.Response;
import vended.api.Responses;
import vended.api.Sample;
import vended.api.mine.MineBodies.Grants;
import vended.api.mine.MineBodies.Records;
import vended.api.mine.MineBodies.Suspension;
import vended.audit.AuditException;
import vended.audit.AuditIndex;
import vended.audit.Reason;
import vended.audit.query.AuditCursors.Resumed;
import vended.audit.query.AuditFilter;
import vended.audit.query.AuditFilter.KindFilter;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditQuestion;
import vended.audit.query.Slice;
import vended.identity.Caller;
import vended.mine.Asker;
import vended.mine.ClientView;
import vended.telemetry.Telemetry;

/**
 * The mine function: {@code POST /mine/audit}, {@code /mine/grants} and {@code /mine/suspend}. It
 * answers principals of clients' accounts; no body ever names the client.
 */
public final class MineHandler extends ApiHandler {
  private final ClientView view;
  private final Clock clock;
  private final Telemetry telemetry;

  private enum Route {
    AUDIT("POST /mine/audit"),
    GRANTS("POST /mine/grants"),
    SUSPEND("POST /mine/suspend");

    private final String name;

    Route(String name) {
      this.name = name;
    }

    static Optional<Route> of(ApiRequest request) {
      return Arrays.stream(values()).filter(one -> one.name.equals(request.route())).findFirst();
    }
  }

  /** For Lambda: wired by the process's environment. */
  public MineHandler() {
    this(Priming.primed(Wiring.ofProcess(), sample(), sample()));
  }

  /** An event, to prime the function with. */
  public static Priming.Path sample() {
    return Sample.ofClient(MineHandler::new, "/mine/audit", "{}");
  }

  /** For a given object graph. */
  public MineHandler(Wiring wiring) {
    super(wiring.vendIds());
    this.view = wiring.clientView();
    this.clock = wiring.clock();
    this.telemetry = wiring.telemetry();
  }

  @Override
  protected Response refuse(ApiRequest request, Reason reason) {
    return stranger(request, reason.code());
  }

  @Override
  protected Response answer(ApiRequest request, Caller caller) throws Exception {
    Optional<Route> route = Route.of(request);
    if (!view.on() || route.isEmpty()) {
      return Responses.notFound(
          request.vendId(),
          "There is no such route, or the vendor has not opened the client's view (parameter"
              + " ClientView).");
    }
    return switch (view.asker(caller, request.ownAccount())) {
      case Asker.Stranger(Asker.Why why) -> refuse(request, route.get(), caller, why);
      case Asker.OfClient client -> {
        log(request).asked(Map.of("account", client.client().account()));
        yield answer(request, route.get(), client);
      }
    };
  }

  /** The same answer, whoever is refused. Only an attempt to change something leaves a record. */
  private Response refuse(ApiRequest request, Route route, Caller caller, Asker.Why why) {
    Response answer = stranger(request, why.code());
    return why == Asker.Why.CLIENT_ROLE && route == Route.SUSPEND
        ? MineAnswers.suspended(
            request.vendId(),
            view.suspension().refuse(request.trace(), caller.arn().account()),
            false)
        : answer;
  }

  private Response stranger(ApiRequest request, String why) {
    log(request).refused(why);
    telemetry.notAClient(request.vendId());
    return MineAnswers.forbidden(request.vendId());
  }

  /** Strangers leave this line and a metric, but no audit record. */
  private static AskerLog log(ApiRequest request) {
    return new AskerLog(request, "mine");
  }

  private Response answer(ApiRequest request, Route route, Asker.OfClient asker) throws Exception {
    Client client = asker.client();
    return switch (route) {
      case AUDIT ->
          request.answer(
              body -> MineBodies.records(body, client, view.cursors(), clock.instant()),
              body -> records(client, body));
      case GRANTS ->
          request.answer(
              body -> MineBodies.grants(body, client), body -> grants(request, client, body));
      case SUSPEND -> request.answer(MineBodies::suspension, body -> suspend(request, asker, body));
    };
  }

  private Response records(Client client, Records asked) throws AuditException {
    AuditKey key = new AuditKey.Indexed(AuditIndex.BY_ACCOUNT, client.account());
    AuditFilter filter =
        new AuditFilter(
            Map.of(), Set.of(KindFilter.VEND, KindFilter.PROBE, KindFilter.ADMIN), Set.of());
    Slice page =
        view.audit()
            .ask(new AuditQuestion(key, asked.period(), filter), asked.from(), asked.limit());
    @Nullable String cursor =
        page.next() == null
            ? null
            : view.cursors().write(asked.selection(), new Resumed(asked.period(), page.next()));
    return MineAnswers.records(page.rows(), cursor, asked);
  }

  private Response grants(ApiRequest request, Client client, Grants asked)
      throws AllowListException {
    return MineAnswers.grants(
        view.grants().of(client, asked.after(), asked.limit(), request.ownAccount()),
        view.doors(client),
        asked.form());
  }

  private Response suspend(ApiRequest request, Asker.OfClient asker, Suspension asked) {
    Client client = asker.client();
    var result =
        view.suspension().suspend(request.trace(), asker, asked.suspended(), asked.version());
    // Also if it is uncertain whether it was made, since somebody must look.
    if (asked.suspended() && MineAnswers.mayStand(result)) {
      telemetry.suspendedByClient(request.vendId(), client.account());
    }
    return MineAnswers.suspended(request.vendId(), result, client.suspended());
  }

  @Override
  protected Response fault(ApiRequest request, Exception fault) {
    if (fault instanceof AllowListException || fault instanceof AuditException) {
      return Responses.unavailable(
          request.vendId(), "Nothing was changed. Try again after the seconds in Retry-After.");
    }
    return Route.of(request).equals(Optional.of(Route.SUSPEND))
        ? MineAnswers.faultOfChange(request.vendId())
        : super.fault(request, fault);
  }
}
